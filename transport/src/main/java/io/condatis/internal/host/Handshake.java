package io.condatis.internal.host;

import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.protocol.sbe.HelloDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.RejectEncoder;
import io.condatis.internal.protocol.sbe.WelcomeEncoder;
import io.condatis.sync.Participants;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Who may open a session: the first message of a client, and what it is answered. */
final class Handshake {
    private final ManagerFile file;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(512);

    Handshake(final ManagerFile file) {
        this.file = file;
    }

    /** Why the session cannot be opened, or null after it was admitted; the answer is then still to be sent. */
    String admit(final Session session, final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (header.schemaId() != HelloDecoder.SCHEMA_ID || header.templateId() != HelloDecoder.TEMPLATE_ID) {
            return "a session begins with Hello; this one began with template " + header.templateId() + " of schema "
                    + header.schemaId();
        }
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + HelloDecoder.BLOCK_LENGTH) {
            return "Hello is cut short";
        }
        hello.wrap(buffer, body, header.blockLength(), header.version());
        if (hello.protocolVersion() != Protocol.VERSION) {
            return "the client speaks protocol version " + hello.protocolVersion() + ", this server version "
                    + Protocol.VERSION + "; use one version of Condatis on both sides";
        }
        final int slot = hello.slot();
        if (slot < 0 || slot >= Participants.SLOTS || file.participants().isDead(slot, hello.generation())) {
            return "the client names participant slot " + slot + " generation " + hello.generation()
                    + ", which no live process holds";
        }
        session.admit(slot, hello.generation(), file.doorbell(slot));
        return null;
    }

    boolean sendWelcome(final Session session) {
        welcome.wrapAndApplyHeader(out, 0, headerOut).session(session.id).protocolVersion(Protocol.VERSION);
        return session.send(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength());
    }

    void sendReject(final Session session, final String reason) {
        reject.wrapAndApplyHeader(out, 0, headerOut)
                .protocolVersion(Protocol.VERSION)
                .reason(reason);
        session.send(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + reject.encodedLength());
    }
}

package io.condatis.internal.os;

final class ChannelLivenessFileTest extends LivenessFileTest {
    @Override
    String form() {
        return "channel";
    }
}

package io.condatis.manager;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;

import io.aeron.CncFileDescriptor;
import io.condatis.testing.Await;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/** The counters of a media driver by their labels, read from outside as AeronStat reads them. */
final class AeronCounters implements AutoCloseable {
    private final MappedByteBuffer file;
    private final CountersReader counters;

    private AeronCounters(final MappedByteBuffer file) {
        this.file = file;
        final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(file);
        CncFileDescriptor.checkVersion(metaData.getInt(CncFileDescriptor.cncVersionOffset(0)));
        counters = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(file, metaData),
                CncFileDescriptor.createCountersValuesBuffer(file, metaData));
    }

    static AeronCounters of(final Path directory) {
        return new AeronCounters(IoUtil.mapExistingFile(
                directory.resolve(CncFileDescriptor.CNC_FILE).toFile(), READ_ONLY, "counters"));
    }

    void await(final String label, final long value) {
        Await.until(label + " is " + value, () -> Long.valueOf(value).equals(values().get(label)));
    }

    private Map<String, Long> values() {
        final Map<String, Long> values = new HashMap<>();
        counters.forEach((value, id, label) -> values.put(label, value));
        return values;
    }

    @Override
    public void close() {
        IoUtil.unmap(file);
    }
}

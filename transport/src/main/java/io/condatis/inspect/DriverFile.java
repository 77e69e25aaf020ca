package io.condatis.inspect;

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.aeron.driver.status.StreamCounter;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.condatis.internal.os.FileCopier;
import io.condatis.internal.protocol.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/** A copy of the file in which an Aeron media driver says who it is and counts what it does. */
final class DriverFile {
    private static final int MOST_BYTES = 256 << 20;

    private final DirectBuffer metaData;
    private final CountersReader counters;

    private DriverFile(final DirectBuffer metaData, final CountersReader counters) {
        this.metaData = metaData;
        this.counters = counters;
    }

    /**
     * Reads the file.
     *
     * @param directory of the driver
     * @return its copy, or null when there is none, or none of a version that can be read
     */
    static DriverFile open(final Path directory) {
        final Path path = directory.resolve(CncFileDescriptor.CNC_FILE);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try (FileCopier file = FileCopier.open(path)) {
            final long size = file.size();
            if (size < CncFileDescriptor.END_OF_METADATA_OFFSET || size > MOST_BYTES) {
                return null;
            }
            return read(file.copy(0, (int) size).byteBuffer());
        } catch (final IOException | RuntimeException e) {
            return null; // being made, removed, or of another version: Aeron checks by exceptions of several kinds
        }
    }

    private static DriverFile read(final ByteBuffer file) {
        final UnsafeBuffer metaData = CncFileDescriptor.createMetaDataBuffer(file);
        CncFileDescriptor.checkVersion(metaData.getInt(CncFileDescriptor.cncVersionOffset(0)));
        if (!CncFileDescriptor.isCncFileLengthSufficient(metaData, file.capacity())) {
            return null;
        }
        return new DriverFile(
                metaData,
                new CountersReader(
                        CncFileDescriptor.createCountersMetaDataBuffer(file, metaData),
                        CncFileDescriptor.createCountersValuesBuffer(file, metaData)));
    }

    /** {@return process id of the driver} */
    long pid() {
        return CncFileDescriptor.pid(metaData);
    }

    /** {@return whether a process of that id runs; no proof, as ids are used again} */
    boolean isRunning() {
        return ProcessHandle.of(pid()).isPresent();
    }

    /** {@return how far the publishers of a stream have come, all sessions together, in bytes} */
    long published(final int stream) {
        return sum(AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID, stream);
    }

    /** {@return how far the subscribers of a stream have come, all sessions together, in bytes} */
    long consumed(final int stream) {
        return sum(AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID, stream);
    }

    private long sum(final int type, final int stream) {
        final DirectBuffer keys = counters.metaDataBuffer();
        final long[] sum = new long[1];
        counters.forEach((id, label) -> {
            final int key = CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET;
            if (counters.getCounterTypeId(id) == type && keys.getInt(key + StreamCounter.STREAM_ID_OFFSET) == stream) {
                sum[0] += counters.getCounterValue(id);
            }
        });
        return sum[0];
    }

    /** {@return what a manager's server says of itself; empty when it says nothing yet} */
    Map<Metric, Long> figures() {
        final Map<Metric, Long> found = new EnumMap<>(Metric.class);
        visit(Metric.ofManager(), (metric, id) -> found.put(metric, counters.getCounterValue(id)));
        return found;
    }

    /** {@return what a manager's server says of its queues, by their names} */
    Map<String, Map<Metric, Long>> queuesOf(final String manager) {
        final Map<String, Map<Metric, Long>> found = new TreeMap<>();
        visit(Metric.ofQueue(), (metric, id) -> {
            final String queue = metric.queueOf(manager, labelOf(id));
            if (queue != null) {
                found.computeIfAbsent(queue, name -> new EnumMap<>(Metric.class))
                        .put(metric, counters.getCounterValue(id));
            }
        });
        return found;
    }

    private void visit(final List<Metric> metrics, final BiConsumer<Metric, Integer> visitor) {
        counters.forEach((id, label) -> {
            final int index = counters.getCounterTypeId(id) - metrics.get(0).typeId();
            if (index >= 0 && index < metrics.size()) {
                visitor.accept(metrics.get(index), id);
            }
        });
    }

    /** Of a counter of ours: in UTF-8, where Aeron reads ASCII. */
    private String labelOf(final int id) {
        final int offset = CountersReader.metaDataOffset(id) + CountersReader.LABEL_OFFSET;
        final DirectBuffer labels = counters.metaDataBuffer();
        final int length = Math.max(0, Math.min(CountersReader.MAX_LABEL_LENGTH, labels.getInt(offset)));
        final byte[] label = new byte[length];
        labels.getBytes(offset + BitUtil.SIZE_OF_INT, label);
        return new String(label, StandardCharsets.UTF_8);
    }

    /** {@return how many errors the driver has noted} */
    long errors() {
        return counters.getCounterValue(SystemCounterDescriptor.ERRORS.id());
    }

    /** {@return the driver's counters that are not zero and not about one stream, by their labels} */
    Map<String, Long> systemCounters() {
        final Map<String, Long> found = new LinkedHashMap<>();
        counters.forEach((value, id, label) -> {
            if (counters.getCounterTypeId(id) == AeronCounters.DRIVER_SYSTEM_COUNTER_TYPE_ID && value != 0) {
                found.put(label, value);
            }
        });
        return found;
    }
}

package io.condatis.examples.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The hour of real trades that lies beside the project on the machines where it is developed. */
public final class MarketFile {
    private MarketFile() {}

    /** {@return its path; the calling test is skipped where there is none} */
    public static Path orSkip() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            final Path file = folder.resolve("shared/market/btc_trades.csv");
            if (Files.isRegularFile(file)) {
                return file;
            }
            folder = folder.getParent();
        }
        Assumptions.abort("no shared/market/btc_trades.csv beside the project");
        return null;
    }
}

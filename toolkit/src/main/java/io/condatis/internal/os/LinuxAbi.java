package io.condatis.internal.os;

/** Numbers that differ between the processors that Linux runs on. */
enum LinuxAbi {
    /** 64-bit x86. */
    X86_64(202, 257, 3, 72, 62, 0400000),
    /** 64-bit ARM. */
    AARCH64(98, 56, 57, 25, 129, 0100000);

    final int futex;
    final int openat;
    final int close;
    final int fcntl;
    final int kill;
    final int openNoFollow;

    // Only needed to watch processes; the first number is x86-64's.
    final int read = choose(0, 63);
    final int write = choose(1, 64);
    final int ppoll = choose(271, 73);
    final int eventfd2 = choose(290, 19);
    final int clockGettime = choose(228, 113);
    final int pidfdOpen = 434;

    LinuxAbi(final int futex, final int openat, final int close, final int fcntl, final int kill, final int noFollow) {
        this.futex = futex;
        this.openat = openat;
        this.close = close;
        this.fcntl = fcntl;
        this.kill = kill;
        this.openNoFollow = noFollow;
    }

    private int choose(final int x86, final int arm) {
        return ordinal() == 0 ? x86 : arm;
    }

    /** {@return the numbers for this machine, or null where system calls are not used} */
    static LinuxAbi current() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        switch (System.getProperty("os.arch", "")) {
            case "amd64":
            case "x86_64":
                return X86_64;
            case "aarch64":
                return AARCH64;
            default:
                return null;
        }
    }
}

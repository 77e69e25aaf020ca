package io.condatis.memory;

/** Child programs that hold arenas. */
final class ArenaPrograms {
    private ArenaPrograms() {}

    /** Creates an arena with one object, says so, and ends at the end of its input. */
    static final class Creator {
        public static void main(final String[] args) throws Exception {
            try (Arena arena = Arena.create(args[0], 4096)) {
                arena.obtain("first", ObjectType.value('q'), Long.BYTES, buffer -> buffer.putLong(0, 1));
                System.out.println("created");
                System.in.read();
            }
        }
    }

    /** Attaches, says so, and ends at the end of its input. */
    static final class Attacher {
        public static void main(final String[] args) throws Exception {
            try (Arena arena = Arena.attach(args[0])) {
                System.out.println("attached " + arena.entries().size());
                System.in.read();
            }
        }
    }

    /** Attaches, then adds an object, or removes it if it is there; dies where it is told. */
    static final class Changer {
        public static void main(final String[] args) {
            try (Arena arena = Arena.attach(args[0])) {
                if (!arena.remove("changed")) {
                    arena.obtain(
                            "changed", ObjectType.array('q', 100), 800, buffer -> buffer.setMemory(0, 800, (byte) 9));
                }
            }
        }
    }

    /** Creates or attaches, and leaves, again and again; says how often. */
    static final class Visitor {
        private static final int VISITS = 150;

        public static void main(final String[] args) {
            System.out.println("started");
            for (int i = 0; i < VISITS; i++) {
                try (Arena arena = Arena.createOrAttach(args[0], 4096)) {
                    arena.obtain("visits", ObjectType.value('q'), Long.BYTES, buffer -> {})
                            .buffer()
                            .getAndAddLong(0, 1);
                }
            }
            System.out.println("visited " + VISITS);
        }
    }

    /** Creates an arena and ends as its second argument says, without closing. */
    static final class Leaver {
        public static void main(final String[] args) throws Exception {
            final Arena arena = Arena.create(args[0], 4096);
            System.out.println("created " + arena.name());
            switch (args[1]) {
                case "return" -> {}
                case "exit" -> System.exit(3);
                case "throw" -> throw new IllegalStateException("as told");
                default -> System.in.read();
            }
        }
    }
}

package io.condatis.internal.os;

final class OfdLivenessFileTest extends LivenessFileTest {
    @Override
    String form() {
        return "native";
    }
}

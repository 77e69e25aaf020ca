package io.condatis.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.condatis.sync.Owner;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutputTest {
    @Test
    void shouldWriteJsonThatOthersRead() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "quote \" backslash \\ newline \n escape \u001b \ud83d\ude00 lone \ud800");
        map.put("numbers", Arrays.asList(1L, 2, -0.5, null, true));
        map.put("nested", Map.of("empty", List.of(), "nothing", Map.of()));
        map.put("no number", List.of(Double.NaN, Double.POSITIVE_INFINITY));
        final JsonObject read = new Gson().fromJson(Json.text(map), JsonObject.class);
        assertEquals(map.get("text"), read.get("text").getAsString());
        assertEquals("[1,2,-0.5,null,true]", read.get("numbers").toString());
        assertEquals("{}", read.getAsJsonObject("nested").get("nothing").toString());
        assertEquals("[]", read.getAsJsonObject("nested").get("empty").toString());
        assertEquals("[null,null]", read.get("no number").toString());
    }

    @Test
    void shouldLetNoNameSteerTheTerminal() {
        assertEquals("a?[31mb?c?", Text.clean("a\u001b[31mb\u009bc\u202e"));
    }

    @Test
    void shouldCutByColumns() {
        assertEquals("abcd", Text.cut("abcd", 4));
        assertEquals("abc~", Text.cut("abcde", 4));
        assertEquals("\u4ef7~ ", Text.left("\u4ef7\u683c\u4ef7", 4));
        assertEquals("  ab", Text.right("ab", 4));
    }

    @Test
    void shouldShortenAmounts() {
        assertEquals("999", Text.bytes(999));
        assertEquals("1.0K", Text.bytes(1_024));
        assertEquals("64.0M", Text.bytes(64L << 20));
        assertEquals("218M", Text.bytes(218L << 20));
        assertEquals("8.0E", Text.bytes(Long.MAX_VALUE));
        assertEquals("999ns", Text.duration(999));
        assertEquals("12us", Text.duration(12_345));
        assertEquals("3.1ms", Text.duration(3_100_000));
        assertEquals("45.0s", Text.duration(45_000_000_000L));
        assertEquals("3h", Text.duration(3 * 3_600_000_000_000L));
    }

    @Test
    void shouldForgetAHolderThatGaveItBack() {
        final Holds holds = new Holds();
        final Owner owner = new Owner(1, 1, 1, 4711, true);
        assertEquals(0, holds.see("lock", owner, 1_000));
        holds.endOfLook();
        assertEquals(500, holds.see("lock", owner, 1_500));
        holds.endOfLook();
        holds.endOfLook();
        assertEquals(0, holds.see("lock", owner, 3_000));
    }
}

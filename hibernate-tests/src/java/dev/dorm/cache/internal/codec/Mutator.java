package dev.dorm.cache.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes bytes that nobody wrote out of some that somebody did; the same ones for the same seed. */
public final class Mutator {

    /** What may stand in a body where something else belongs; %s is a class's name, or an entity's. */
    private static final List<String> FRAGMENTS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "2147483648",
            "9223372036854775807",
            "99999999999999999999999",
            "1.5",
            "1e400",
            "\"\"",
            "\"x\"",
            "\"%s\"",
            "[]",
            "{}",
            "[[[[1]]]]",
            "{\"class\":\"%s\"}",
            "{\"enum\":[\"%s\",\"A\"]}",
            "{\"enum:%s[]\":[\"A\"]}",
            "{\"bean\":[\"%s\",{\"name\":1}]}",
            "{\"mapped\":[\"%s\",1]}",
            "{\"any\":[\"%s\",1]}",
            "{\"lazy\":true}",
            "{\"backref\":true}",
            "{\"converted\":\"x\"}",
            "{\"converted\":null}",
            "{\"string\":\"s\"}",
            "{\"int\":5}",
            "{\"long\":5}",
            "{\"double\":\"NaN\"}",
            "{\"decimal\":\"1E+999999999\"}",
            "{\"bigint\":\"7\"}",
            "{\"bytes\":\"AAAA\"}",
            "{\"primitive int[]\":[1,null]}",
            "{\"string[]\":[\"a\",{\"int\":1}]}",
            "{\"int[][][]\":[[[1]]]}",
            "{\"list\":[1,\"a\",null]}",
            "{\"map\":[1,2]}",
            "{\"map\":[1]}",
            "{\"set\":[{\"list\":[]},null]}",
            "{\"sortedset\":[1,\"a\"]}",
            "{\"sortedmap\":[null,1]}",
            "{\"enumset\":[1]}",
            "{\"tuple\":[1,2]}",
            "{\"instant\":\"2024-01-01T00:00:00Z\"}",
            "{\"url\":\"gopher://x\"}",
            "{\"url\":\"http://\"}",
            "{\"inet\":\"1.2.3.4.5\"}",
            "{\"timezone\":\"%s\"}",
            "{\"zone\":\"%s\"}",
            "{\"locale\":\"____\"}",
            "{\"calendar\":\"2024-01-01T00:00:00Z[x]\"}",
            "{\"metadata\":[{\"string[]\":[\"A\"]},[[\"%s\",4]],null]}",
            "{\"metadata\":[{\"string[]\":[\"A\"]},[[\"java.lang.Long\",-5]],{\"primitive int[]\":[99]}]}",
            "{\"@class\":\"%s\"}",
            "[\"%s\",{}]");

    /** What may stand in few places, and must be refused in the others. */
    private static final List<String> MISFITS =
            List.of("null", "1.5", "[]", "{\"lazy\":true}", "{\"backref\":true}", "{\"int\":5}");

    private static final ObjectMapper JSON = new JsonMapper();

    private final Random random;
    private final ObjectMapper mapper;
    private final List<String> names;

    /**
     * Starts a sequence.
     *
     * @param seed which one
     * @param smile whether bodies are in Smile
     * @param names what is called by its name
     */
    public Mutator(long seed, boolean smile, List<String> names) {
        this.random = new Random(seed);
        this.mapper = smile ? new SmileMapper() : new JsonMapper();
        this.names = names;
    }

    /** Returns a number below a bound, of the same sequence. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * Changes bytes as damage, and an attacker without a plan, would.
     *
     * @param original what was written
     * @param other what was written elsewhere
     * @return something else, mostly
     */
    public byte[] bytes(byte[] original, byte[] other) {
        byte[] bytes = original.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            bytes = bytes.length == 0 ? other.clone() : changed(bytes, other);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, byte[] other) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(8)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            case 2:
                return Arrays.copyOf(bytes, at);
            case 3:
                return spliced(bytes, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(9)));
            case 4:
                byte[] more = new byte[1 + random.nextInt(9)];
                random.nextBytes(more);
                return spliced(spliced(bytes, at, more, 0), at + more.length, bytes, at);
            case 5:
                return spliced(bytes, at, other, random.nextInt(other.length));
            case 6:
                return spliced(bytes, at, bytes, random.nextInt(at + 1));
            default:
                // A byte of another place: brackets, quotes and digits meet where they should not.
                bytes[at] = bytes[random.nextInt(bytes.length)];
                return bytes;
        }
    }

    private static byte[] spliced(byte[] head, int to, byte[] tail, int from) {
        byte[] joined = Arrays.copyOf(head, to + tail.length - from);
        System.arraycopy(tail, from, joined, to, tail.length - from);
        return joined;
    }

    /**
     * Changes values as an attacker who knows the format would: the result is well-formed.
     *
     * @param original a body
     * @param other another
     * @return something else, mostly
     */
    public byte[] values(byte[] original, byte[] other) {
        try {
            JsonNode tree = mapper.readTree(original);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(tree, other);
            }
            return mapper.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts the name of a class in every form, and what fits almost nowhere, at every place of a body, one at a time.
     *
     * @param original a body
     * @param each what is done with each result
     */
    void everywhere(byte[] original, Consumer<byte[]> each) {
        try {
            List<String> forms = FRAGMENTS.stream()
                    .filter(form -> form.contains("%s") || MISFITS.contains(form))
                    .toList();
            List<JsonNode> places = new ArrayList<>();
            collect(mapper.readTree(original), places);
            int name = 0;
            for (int place = 0; place < places.size(); place++) {
                for (int at = 0; at < places.get(place).size(); at++) {
                    for (String form : forms) {
                        JsonNode tree = mapper.readTree(original);
                        List<JsonNode> parents = new ArrayList<>();
                        collect(tree, parents);
                        JsonNode value = JSON.readTree(form.replace("%s", names.get(name++ % names.size())));
                        if (parents.get(place) instanceof ObjectNode object) {
                            object.set(fields(object).get(at), value);
                        } else {
                            ((ArrayNode) parents.get(place)).set(at, value);
                        }
                        each.accept(mapper.writeValueAsBytes(tree));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(JsonNode tree, byte[] other) throws IOException {
        List<JsonNode> parents = new ArrayList<>();
        collect(tree, parents);
        if (parents.isEmpty()) {
            return;
        }
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        int at = random.nextInt(parent.size());
        int way = random.nextInt(10);
        if (parent instanceof ArrayNode array) {
            if (way == 0) {
                array.remove(at);
            } else if (way == 1) {
                array.insert(at, array.get(at).deepCopy());
            } else if (way == 2) {
                array.insert(at, fragment(other));
            } else if (way == 3) {
                array.set(at, array.get(random.nextInt(array.size())).deepCopy());
            } else {
                array.set(at, fragment(other));
            }
            return;
        }
        ObjectNode object = (ObjectNode) parent;
        String name = fields(object).get(at);
        if (way == 0) {
            object.remove(name);
        } else if (way == 1) {
            object.set(names.get(random.nextInt(names.size())), object.remove(name));
        } else if (way == 2) {
            object.set(
                    name,
                    object.get(fields(object).get(random.nextInt(object.size())))
                            .deepCopy());
        } else {
            object.set(name, fragment(other));
        }
    }

    private JsonNode fragment(byte[] other) throws IOException {
        if (random.nextInt(6) == 0) {
            List<JsonNode> parents = new ArrayList<>();
            collect(mapper.readTree(other), parents);
            JsonNode parent = parents.get(random.nextInt(parents.size()));
            int at = random.nextInt(parent.size());
            return (parent instanceof ObjectNode object
                            ? object.get(fields(object).get(at))
                            : parent.get(at))
                    .deepCopy();
        }
        String name = names.get(random.nextInt(names.size()));
        String text = FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).replace("%s", name);
        return JSON.readTree(text);
    }

    private static List<String> fields(ObjectNode object) {
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode() && !node.isEmpty()) {
            parents.add(node);
        }
        node.forEach(each -> collect(each, parents));
    }
}

package dev.dorm.cache.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one run has measured.
 *
 * @param run what it ran on, by name
 * @param cells what was measured in turns
 * @param memory what Redis needs
 * @param parts what JMH measured by itself
 */
record Results(Map<String, String> run, List<Cell> cells, List<Memory> memory, List<Microbenchmarks.Score> parts) {

    /** Returns what was measured, or null when it was not. */
    @Nullable
    Cell find(Subject subject, Place place, Scenario scenario) {
        return cells.stream()
                .filter(cell -> cell.subject == subject && cell.place == place && cell.scenario == scenario)
                .findFirst()
                .orElse(null);
    }

    /** Returns what a client by itself took in the turns of a scenario, or null when it was not measured. */
    @Nullable
    Cell floor(Place place, Scenario turn, Scenario raw) {
        return cells.stream()
                .filter(cell -> cell.place == place && cell.scenario == raw && cell.turn == turn)
                .findFirst()
                .orElse(null);
    }

    void write(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.set("run", mapper.valueToTree(run));
        ArrayNode targets = root.putArray("targets");
        Targets.of(this).forEach(target -> targets.add(mapper.valueToTree(target)));
        ArrayNode all = root.putArray("operations");
        for (Cell cell : cells) {
            ObjectNode node = all.addObject();
            node.put("subject", cell.subject.name());
            node.put("place", cell.place.name());
            node.put("scenario", cell.scenario.name());
            if (cell.turn != cell.scenario) {
                node.put("turn", cell.turn.name());
            }
            put(node, "nanos", cell.medianNanos());
            put(node, "processorNanos", cell.medianProcessor());
            put(node, "redisProcessorNanos", cell.redisProcessor);
            put(node, "allocatedBytes", cell.medianAllocated());
            put(node, "statements", cell.statements);
            put(node, "redisRoundTrips", cell.trips);
            put(node, "redisBytes", cell.bytes);
            put(node, "databaseRoundTrips", cell.databaseTrips);
            // One line of text, so that a diff of two runs can be read.
            node.put(
                    "nanosOfEachRound",
                    String.join(
                            " ",
                            cell.nanos.stream()
                                    .map(nanos -> String.valueOf(Math.round(nanos)))
                                    .toList()));
        }
        root.set("redisMemory", mapper.valueToTree(memory));
        root.set("parts", mapper.valueToTree(parts));
        Files.writeString(file, mapper.writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode node, String name, double value) {
        if (!Double.isNaN(value)) {
            node.put(name, Math.round(value * 100) / 100.0);
        }
    }
}

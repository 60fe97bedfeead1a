package dev.dorm.cache.simulation;

import java.util.List;

/** The rules of {@code docs/protocol.md} about proof that a server is the master and takes locks. */
final class ProofMutants {

    private static final String MEMORY = "redis/proof/ServerMemory";
    private static final String EPOCHS = "redis/proof/ServerEpochs";

    private ProofMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                                "a server is believed only with proof",
                                MEMORY,
                                "return !over && anyProof && now - proven < LEASE.toNanos();",
                                "return !over;")
                        .and(MEMORY, "!anyProof || now - proven >= 2 * PAUSE.toNanos()", "false"),
                Mutant.of(
                        "proof is wanted when the reply has come",
                        MEMORY,
                        "return !over && anyProof && now - proven < LEASE.toNanos();",
                        "return !over;"),
                Mutant.of(
                        "a proof is dated by when it was asked for",
                        EPOCHS,
                        "if (memory.proven(proof, before)) {",
                        "if (memory.proven(new ServerMemory.Proof(proof.of(), proof.number(), proof.least(), now()), before)) {"),
                Mutant.of(
                        "no lock counts for a while after a promotion",
                        MEMORY,
                        "promoted ? now + HOLD.toNanos() : now",
                        "now"),
                Mutant.of(
                                "a memory whose place another has taken is over",
                                EPOCHS,
                                "if (memory.isOver()) {",
                                "if (false) {")
                        .and(EPOCHS, "there.memory.end();", ""),
                Mutant.of(
                        "a look from before another server was met changes nothing",
                        EPOCHS,
                        "another && asked - there.since < 0",
                        "false"),
                Mutant.of(
                        "a server that has lost its number has another memory",
                        MEMORY,
                        "if (proof.of == this && before < proof.least) {",
                        "if (false) {"),
                Mutant.of(
                        "a server without an id is another one when no connection has lasted",
                        EPOCHS,
                        "!connections.containsValue(there.memory)",
                        "false"),
                Mutant.of(
                                "a server without an id has another memory when its number is lost",
                                EPOCHS,
                                "!connections.containsValue(there.memory)",
                                "false")
                        .and(MEMORY, "if (proof.of == this && before < proof.least) {", "if (false) {"),
                Mutant.of(
                        "kept rows are served only with proof",
                        EPOCHS,
                        "return anyLook && provenUntil - now() > 0;",
                        "return true;"));
    }
}

package dev.dorm.cache.simulation;

import dev.dorm.cache.exploration.VirtualQueries;
import dev.dorm.cache.internal.key.RowId;
import dev.dorm.cache.internal.session.SessionContext;

/** Reads everything once in a transaction of its own; when all is well again, each row and the result must be hits. */
final class Healing implements Runnable {

    private final Simulation world;
    private final Process process;
    private final boolean must;

    Healing(Simulation world, Process process, boolean must) {
        this.world = world;
        this.process = process;
        this.must = must;
    }

    @Override
    public void run() {
        SessionContext context = process.open();
        int begin = world.database().order();
        context.transactionJoined();
        Database.Transaction transaction = world.database().begin(false);
        for (String row : world.database().rows()) {
            long from = world.scheduler().now();
            Object kept = process.rows.kept().get(context, new RowId(row));
            Object found = kept != null ? kept : process.rows.fetch(context, row);
            Cells cells = transaction.read(row);
            if (found != null) {
                world.judge()
                        .row("p" + process.number(), process.number(), row, (Cells) found, begin, from, kept != null);
            } else if (cells != null) {
                missed("row " + row);
                process.rows.put(context, row, cells, false);
            }
        }
        long from = world.scheduler().now();
        VirtualQueries.Result result = process.query(context);
        if (result != null) {
            world.judge()
                    .result("p" + process.number(), process.number(), result.value(), begin, from, process.near(from));
        } else {
            missed("the query");
            process.putQuery(context, transaction.tableState());
        }
        context.transactionCompleted(true);
    }

    private void missed(String what) {
        if (must) {
            world.judge().broken("NOT SERVED AGAIN: p" + process.number() + " misses " + what);
        }
    }
}

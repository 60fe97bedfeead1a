package dev.dorm.cache.differential;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
class TmpIT {
    @Test void runs() throws Exception {
        Features f = Features.of("", "READ_WRITE");
        int differ = 0;
        try (Bench bench = new Bench()) {
            for (long seed = 1; seed < 80; seed++) {
                Program p = new Generator(seed, f).program();
                String first = null;
                for (int i = 0; i < 3; i++) {
                    String before = counts(bench, p);
                    Finding x = new Lockstep(bench, new Tally()).run(p);
                    String now = x + " " + minus(counts(bench, p), before);
                    if (first == null) first = now;
                    else if (!first.equals(now)) { differ++; System.out.println("DIFFER " + seed + " run " + i + "\n   " + first + "\n   " + now); break; }
                }
            }
        }
        System.out.println("DIFFER total " + differ);
    }
    String minus(String a, String b) { String[] x = a.split(" "), y = b.split(" "); StringBuilder s = new StringBuilder(); for (int i = 0; i < x.length; i++) s.append(Long.parseLong(x[i]) - Long.parseLong(y[i])).append(' '); return s.toString(); }
    String counts(Bench b, Program p) {
        StringBuilder s = new StringBuilder();
        for (var f : b.cached(p.setup()).factories()) { Statistics t = f.getStatistics(); s.append(t.getSecondLevelCacheHitCount()+" "+t.getSecondLevelCacheMissCount()+" "+t.getSecondLevelCachePutCount()+" "+t.getQueryCacheHitCount()+" "+t.getQueryCacheMissCount()+" "+t.getNaturalIdCacheHitCount()+" "); }
        return s.toString().trim();
    }
}

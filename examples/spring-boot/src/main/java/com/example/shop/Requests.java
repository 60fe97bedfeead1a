package com.example.shop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** The last requests of this instance, oldest first. */
@Component
public class Requests {

    static final int KEPT = 20;

    private static final String ORDER = "order ";

    private final Deque<Request> last = new ArrayDeque<>();
    private int served;

    /**
     * One of them.
     *
     * @param number counted from 1
     * @param what what it was for
     * @param statements how many SQL statements it executed
     * @param hits how many answers the cache gave
     */
    public record Request(int number, String what, int statements, int hits) {

        static String orderName(long id) {
            return ORDER + id;
        }

        public boolean isOrder() {
            return what.startsWith(ORDER);
        }
    }

    synchronized Request add(String what, Tally tally) {
        Request request = new Request(++served, what, tally.statements(), tally.hits());
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(request);
        return request;
    }

    synchronized List<Request> last() {
        return List.copyOf(last);
    }
}

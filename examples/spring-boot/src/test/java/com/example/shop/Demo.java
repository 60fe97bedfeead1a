package com.example.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Starts two instances of the shop, says where they are, and ends with Ctrl-C. */
public final class Demo {

    private Demo() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Server database = Database.start();
        Server redis = Redis.start();
        System.out.println("Starting both instances.");
        TwoInstances instances = TwoInstances.start(database, redis, port(8081), port(8082));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            instances.close();
            System.out.println("\nStopped.");
        }));
        System.out.printf(
                """

                Instance A   %s
                Instance B   %s

                Open both, side by side. Order something in one, and load the other again.
                Ctrl-C ends them, and the servers that were started for them.
                """,
                instances.a(), instances.b());
        Thread.currentThread().join();
    }

    /** The wanted one, or, if somebody has it, another. */
    private static int port(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return Programs.freePort();
        }
    }
}

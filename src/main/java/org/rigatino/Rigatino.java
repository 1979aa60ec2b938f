package org.rigatino;

public final class Rigatino {
    public static void main(String[] args) {
        System.out.println("rigatino");
    }
}

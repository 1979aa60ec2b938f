package org.rigatino.access;

import jakarta.inject.Singleton;

/** Hashes passwords that an administrator sets, at the cost of {@link Password}; in tests at one of their own. */
@Singleton
class PasswordHashes {
    private final int cost;

    PasswordHashes() {
        this(Password.COST);
    }

    PasswordHashes(int cost) {
        this.cost = cost;
    }

    String of(String password) {
        return Password.hash(password, cost);
    }
}

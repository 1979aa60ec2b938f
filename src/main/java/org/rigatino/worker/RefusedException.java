package org.rigatino.worker;

/** A rule refuses the whole study. */
final class RefusedException extends Exception {
    private final String rule;

    RefusedException(String rule, String explanation) {
        super(explanation);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}

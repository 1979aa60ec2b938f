package org.rigatino.identity;

/** What settling a message of a patient would change is not what was seen; nothing was changed. */
public final class EffectChangedException extends RuntimeException {
    private final transient MessageEffect effect;

    EffectChangedException(MessageEffect effect) {
        super(
                "what message " + effect.message().id()
                        + " changes is not what was seen any more, by another message or images that came since: look at it again");
        this.effect = effect;
    }

    /** As it is now. */
    public MessageEffect effect() {
        return effect;
    }
}

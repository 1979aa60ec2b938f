package org.rigatino.page;

import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import org.rigatino.refusal.Reason;
import org.rigatino.refusal.Refusal;
import org.rigatino.refusal.Refused;

/**
 * Why something was refused, for people.
 *
 * @param language of the text, BCP 47: English where a cause from below has no other
 */
public record Spoken(String text, String language) {
    private static final String BUNDLE = "org.rigatino.page.refusals_de";

    static Spoken of(Throwable cause, Language visitor) {
        return (visitor == Language.DE && cause instanceof Refused refused
                        ? german(refused.refusal())
                        : Optional.<String>empty())
                .map(text -> new Spoken(text, Language.DE.tag()))
                .orElseGet(() -> new Spoken(cause.getMessage(), Language.EN.tag()));
    }

    static String key(Reason reason) {
        return reason.getClass().getSimpleName() + "." + reason.name();
    }

    private static Optional<String> german(Refusal refusal) {
        try {
            return Optional.of(refusal.fill(
                    ResourceBundle.getBundle(BUNDLE, Language.DE.locale()).getString(key(refusal.reason()))));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}

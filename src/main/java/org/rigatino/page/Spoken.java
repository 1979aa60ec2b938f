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
        return cause instanceof Refused refused
                ? of(refused.refusal(), visitor)
                : new Spoken(cause.getMessage(), Language.EN.tag());
    }

    static Spoken of(Refusal refusal, Language visitor) {
        return (visitor == Language.DE ? german(refusal) : Optional.<String>empty())
                .map(text -> new Spoken(text, Language.DE.tag()))
                .orElseGet(() -> new Spoken(refusal.english(), Language.EN.tag()));
    }

    static String key(Reason reason) {
        return reason.getClass().getSimpleName() + "." + reason.name();
    }

    private static Optional<String> german(Refusal refusal) {
        try {
            ResourceBundle texts = ResourceBundle.getBundle(BUNDLE, Language.DE.locale());
            return Optional.of(refusal.said(reason -> texts.getString(key(reason)), Language.DE.locale()));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}

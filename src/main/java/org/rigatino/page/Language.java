package org.rigatino.page;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Languages of the page. English where a browser asks for none of them. */
public enum Language {
    EN("English"),
    DE("Deutsch");

    static final String COOKIE = "rigatino-language";

    private final String nativeName;

    Language(String nativeName) {
        this.nativeName = nativeName;
    }

    public String nativeName() {
        return nativeName;
    }

    /** BCP 47. */
    public String tag() {
        return locale().toLanguageTag();
    }

    public Locale locale() {
        return Locale.forLanguageTag(name().toLowerCase(Locale.ROOT));
    }

    static Optional<Language> of(String tag) {
        return Arrays.stream(values())
                .filter(language -> tag != null
                        && language.tag().equals(Locale.forLanguageTag(tag).getLanguage()))
                .findFirst();
    }

    /** What the user chose by the switch, else the first that the browser asks for. */
    static Language of(HttpHeaders request) {
        Cookie chosen = request.getCookies().get(COOKIE);
        return of(chosen == null ? null : chosen.getValue())
                .or(() -> request.getAcceptableLanguages().stream()
                        .flatMap(locale -> of(locale.getLanguage()).stream())
                        .findFirst())
                .orElse(EN);
    }
}

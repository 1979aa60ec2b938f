package org.rigatino.refusal;

import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** @param values that take the places of the reason's text: texts, refusals that are said in the same language, or {@link Decimal}s */
public record Refusal(Reason reason, List<Object> values) {
    /** @param digits with a point, where there is a fraction */
    public record Decimal(String digits) {}

    public String english() {
        return said(Reason::english, Locale.ENGLISH);
    }

    /** In a language. What a value says is never read as a place. @param texts of reasons in it */
    public String said(Function<Reason, String> texts, Locale language) {
        String text = texts.apply(reason);
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            Object value = values.get(Integer.parseInt(text.substring(open + 1, close)));
            said.append(text, from, open).append(said(value, texts, language));
            from = close + 1;
        }
        return said.append(text.substring(from)).toString();
    }

    private static String said(Object value, Function<Reason, String> texts, Locale language) {
        if (value instanceof Decimal decimal) {
            return decimal.digits()
                    .replace('.', DecimalFormatSymbols.getInstance(language).getDecimalSeparator());
        }
        return value instanceof Refusal within ? within.said(texts, language) : String.valueOf(value);
    }
}

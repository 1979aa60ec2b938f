package org.rigatino.refusal;

import java.util.List;

/** @param values that take the places of the reason's text */
public record Refusal(Reason reason, List<String> values) {
    public String english() {
        return fill(reason.english());
    }

    /** The text with the values in their places. What a value says is never read as a place. */
    public String fill(String text) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            filled.append(text, from, open).append(values.get(Integer.parseInt(text.substring(open + 1, close))));
            from = close + 1;
        }
        return filled.append(text.substring(from)).toString();
    }
}

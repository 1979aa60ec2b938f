package org.rigatino.page;

import jakarta.ws.rs.BadRequestException;

/** Fields of a form. One that is empty is null; one that is none of its kind is refused by its name, and not quoted. */
final class Given {
    private Given() {}

    static String text(String name, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.indexOf('\0') >= 0) {
            throw new BadRequestException("\"" + name + "\" holds the character U+0000");
        }
        return value.strip();
    }

    static Integer integer(String name, String value) {
        Long number = number(name, value);
        if (number != null && number != number.intValue()) {
            throw new BadRequestException("\"" + name + "\" is too large");
        }
        return number == null ? null : number.intValue();
    }

    static Long number(String name, String value) {
        String text = text(name, value);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new BadRequestException("\"" + name + "\" is no whole number");
        }
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, String name, String value) {
        String text = text(name, value);
        try {
            return text == null ? null : Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("\"" + name + "\" is none that there is");
        }
    }
}

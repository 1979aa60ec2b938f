package org.rigatino.settings;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One setting.
 *
 * @param name with a word in capitals for each name that the site chooses
 * @param method of the mapping
 * @param text what its Javadoc says, in Markdown
 */
record Setting(String name, Method method, String text) {
    /** A key whose capitals count; a variable in capitals would set another. */
    private static final String CASE_COUNTS = "AETITLE";

    private String environment() {
        return name.contains(CASE_COUNTS)
                ? ""
                : "<br>`" + StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT) + "`";
    }

    /** As a row of a table. */
    String row() {
        return "| `%s`%s | %s | %s | %s |"
                .formatted(name, environment(), standard(), values().replace("|", "\\|"), text.replace("|", "\\|"));
    }

    private String standard() {
        WithDefault given = method.getAnnotation(WithDefault.class);
        if (given != null) {
            String of = given.value().startsWith("${") ? "that of " : "";
            return of + "`" + (kind() == Duration.class ? duration(given.value()) : listed(given.value())) + "`";
        }
        boolean may = method.getReturnType() == Optional.class || Map.class.isAssignableFrom(method.getReturnType());
        return may ? "none" : "must be set";
    }

    /** Constants of an enumeration as the table has them elsewhere. */
    private String listed(String value) {
        return kind() instanceof Class<?> type && type.isEnum()
                ? Arrays.stream(value.split(",")).map(Setting::hyphenated).collect(Collectors.joining(","))
                : value.replaceAll("\\$\\{(.+):.*}", "$1");
    }

    private static String duration(String text) {
        Duration duration = new DurationConverter().convert(text);
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private String values() {
        String one = oneValue();
        boolean many = Collection.class.isAssignableFrom(raw(withoutOptional(method.getGenericReturnType())));
        return many ? "a list of " + one : one;
    }

    private String oneValue() {
        Type kind = kind();
        if (kind instanceof Class<?> type && type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`" + hyphenated(((Enum<?>) constant).name()) + "`")
                    .collect(Collectors.joining(", "));
        }
        Pattern pattern = method.getAnnotation(Pattern.class);
        if (pattern != null) {
            return pattern.message().replaceFirst("^(must be|is) ", "");
        }
        return kind == int.class || kind == Integer.class || kind == double.class || kind == Double.class
                ? number()
                : plain(kind);
    }

    private static String plain(Type kind) {
        Map<Type, String> words = Map.of(
                Duration.class, "duration",
                MemorySize.class, "size",
                boolean.class, "`true`, `false`",
                Path.class, "path",
                URI.class, "URL",
                String.class, "text");
        String word = words.get(kind);
        if (word == null) {
            throw new IllegalStateException("no word for " + kind);
        }
        return word;
    }

    private String number() {
        Min min = constraint(Min.class);
        Max max = constraint(Max.class);
        DecimalMin decimal = constraint(DecimalMin.class);
        String from = min != null ? Long.toString(min.value()) : decimal != null ? decimal.value() : null;
        if (from == null) {
            throw new IllegalStateException(name + " has no least value: give it @Min or @DecimalMin");
        }
        return max == null ? "number, at least " + from : from + " to " + max.value();
    }

    /** Of the method, or of what its Optional holds. */
    private <A extends java.lang.annotation.Annotation> A constraint(Class<A> type) {
        A direct = method.getAnnotation(type);
        AnnotatedType returned = method.getAnnotatedReturnType();
        if (direct == null && returned instanceof AnnotatedParameterizedType holder) {
            return holder.getAnnotatedActualTypeArguments()[0].getAnnotation(type);
        }
        return direct == null ? returned.getAnnotation(type) : direct;
    }

    /** Type of one value: what an Optional, a list or a map holds. */
    private Type kind() {
        Type type = withoutOptional(method.getGenericReturnType());
        return type instanceof ParameterizedType held
                ? held.getActualTypeArguments()[held.getActualTypeArguments().length - 1]
                : type;
    }

    private static Type withoutOptional(Type type) {
        return raw(type) == Optional.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType held ? held.getRawType() : type);
    }

    private static String hyphenated(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

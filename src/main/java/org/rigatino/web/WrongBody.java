package org.rigatino.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is wrong with the JSON of a body: where, of which kind it is, and which is asked for. Never the value, which may be of a
 * patient, nor our classes. What is read is said by {@link StrictBodies}.
 */
public final class WrongBody {
    /** Before those of quarkus-resteasy-problem, at 999, and of Quarkus. */
    static final int FIRST = 900;

    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "a whole number"),
            Map.entry(Integer.class, "a whole number"),
            Map.entry(long.class, "a whole number"),
            Map.entry(Long.class, "a whole number"),
            Map.entry(double.class, "a number"),
            Map.entry(Double.class, "a number"),
            Map.entry(Instant.class, "a time like 2026-11-26T12:00:00Z"),
            Map.entry(LocalDate.class, "a date like 2026-11-26"),
            Map.entry(Duration.class, "a duration like PT10S"));

    private WrongBody() {}

    /** Of another kind. */
    @Provider
    @Priority(FIRST)
    public static final class OfKind extends ExceptionMapperBase<MismatchedInputException> {
        @Override
        protected HttpProblem toProblem(MismatchedInputException wrong) {
            return HttpProblem.valueOf(Response.Status.BAD_REQUEST, told(wrong));
        }
    }

    /** Of the kind, and none of its values. */
    @Provider
    @Priority(FIRST)
    public static final class OfValue extends ExceptionMapperBase<InvalidFormatException> {
        @Override
        protected HttpProblem toProblem(InvalidFormatException wrong) {
            return HttpProblem.valueOf(Response.Status.BAD_REQUEST, told(wrong));
        }
    }

    /** Not known. */
    @Provider
    @Priority(FIRST)
    public static final class OfName extends ExceptionMapperBase<UnrecognizedPropertyException> {
        @Override
        protected HttpProblem toProblem(UnrecognizedPropertyException wrong) {
            return HttpProblem.valueOf(Response.Status.BAD_REQUEST, told(wrong));
        }
    }

    /** No JSON, which Quarkus wraps without a word. All else is told as quarkus-resteasy-problem does. */
    @Provider
    @Priority(FIRST)
    public static final class OfSyntax extends ExceptionMapperBase<WebApplicationException> {
        @Override
        protected HttpProblem toProblem(WebApplicationException refused) {
            Optional<StreamReadException> wrong = syntax(refused.getCause());
            if (wrong.isPresent()) {
                return HttpProblem.valueOf(Response.Status.BAD_REQUEST, told(wrong.get()));
            }
            Response.StatusType status = refused.getResponse().getStatusInfo();
            HttpProblem.Builder problem = HttpProblem.builder()
                    .withTitle(status.getReasonPhrase())
                    .withStatus(status)
                    .withDetail(refused.getMessage());
            refused.getResponse().getHeaders().forEach((name, values) -> {
                if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                    values.forEach(value -> problem.withHeader(name, value));
                }
            });
            return problem.build();
        }
    }

    /** Within a value it is wrapped once more. */
    static Optional<StreamReadException> syntax(Throwable cause) {
        return Stream.of(
                        Optional.ofNullable(cause),
                        Optional.ofNullable(cause)
                                .filter(JsonMappingException.class::isInstance)
                                .map(Throwable::getCause))
                .flatMap(Optional::stream)
                .filter(StreamReadException.class::isInstance)
                .filter(wrong -> !(wrong instanceof InputCoercionException))
                .map(StreamReadException.class::cast)
                .findFirst();
    }

    /** Where it is, and not what stands there. */
    static String told(StreamReadException wrong) {
        JsonLocation place = wrong.getLocation();
        return "the body is no JSON (RFC 8259)"
                + (place == null ? "" : ": line " + place.getLineNr() + ", column " + place.getColumnNr())
                + (wrong instanceof JsonEOFException ? ", where it ends too soon" : "")
                + "; look there for a quotation mark, a comma or a bracket that is missing or too much";
    }

    static String told(UnrecognizedPropertyException wrong) {
        return place(wrong) + " is not known; known there are "
                + wrong.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining(", "));
    }

    static String told(MismatchedInputException wrong) {
        if (wrong.getOriginalMessage().startsWith("Trailing token")) {
            return "the body goes on after its end: " + asked(wrong.getTargetType())
                    + " is asked for, and nothing else";
        }
        return place(wrong) + " is " + given(wrong) + ", and " + asked(wrong.getTargetType()) + " is asked for";
    }

    /** As {@code "versions[0].patient"}. */
    private static String place(MismatchedInputException wrong) {
        StringBuilder path = new StringBuilder();
        for (Reference step : wrong.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "the body" : "\"" + path + "\"";
    }

    private static String given(MismatchedInputException wrong) {
        JsonToken token = wrong.getProcessor() instanceof JsonParser body ? body.currentToken() : null;
        if (token == null) {
            return "empty";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    static String asked(Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return SCALARS.getOrDefault(type, "an object");
    }
}

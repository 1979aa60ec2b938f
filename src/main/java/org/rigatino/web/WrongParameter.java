package org.rigatino.web;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What in an address is of another kind than is asked for, which Quarkus answers with 404 and without a word: 404 in the path, 400
 * behind it. Never the value, which may be of a patient. All else that is not found is told as quarkus-resteasy-problem does.
 */
@Provider
@Priority(WrongBody.FIRST)
public class WrongParameter extends ExceptionMapperBase<NotFoundException> {
    @Context
    UriInfo uri;

    @Context
    ResourceInfo resource;

    @Override
    protected HttpProblem toProblem(NotFoundException refused) {
        Method method = resource.getResourceMethod();
        return Optional.ofNullable(method).stream()
                .flatMap(known -> Stream.of(known.getParameters()))
                .flatMap(parameter -> wrong(parameter, uri.getPathParameters(), uri.getQueryParameters()).stream())
                .findFirst()
                .orElseGet(() -> HttpProblem.valueOf(Response.Status.NOT_FOUND, refused.getMessage()));
    }

    static Optional<HttpProblem> wrong(
            Parameter parameter, Map<String, List<String>> path, Map<String, List<String>> query) {
        Class<?> kind = kind(parameter.getParameterizedType());
        QueryParam named = parameter.getAnnotation(QueryParam.class);
        if (named == null) {
            return fits(kind, path.get(parameter.getName()))
                    ? Optional.empty()
                    : Optional.of(HttpProblem.valueOf(
                            Response.Status.NOT_FOUND,
                            "\"" + parameter.getName()
                                    + "\" in the path of the address is of another kind than is asked" + " for: "
                                    + asked(kind) + ", as answers and pages here tell it"));
        }
        return fits(kind, query.get(named.value()))
                ? Optional.empty()
                : Optional.of(HttpProblem.valueOf(
                        Response.Status.BAD_REQUEST,
                        "the parameter \"" + named.value() + "\" of the address is of another kind than is asked for: "
                                + asked(kind)));
    }

    /** Of a list, of what it holds. */
    private static Class<?> kind(Type type) {
        if (type instanceof ParameterizedType list) {
            return kind(list.getActualTypeArguments()[0]);
        }
        return type instanceof Class<?> simple ? simple : Object.class;
    }

    private static boolean fits(Class<?> kind, List<String> values) {
        return values == null || values.stream().allMatch(value -> value.isEmpty() || fits(kind, value));
    }

    private static boolean fits(Class<?> kind, String value) {
        try {
            if (kind == long.class || kind == Long.class) {
                Long.parseLong(value);
            } else if (kind == int.class || kind == Integer.class) {
                Integer.parseInt(value);
            } else if (kind == double.class || kind == Double.class) {
                Double.parseDouble(value);
            }
            return !kind.isEnum()
                    || Stream.of(kind.getEnumConstants())
                            .anyMatch(constant -> ((Enum<?>) constant).name().equals(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String asked(Class<?> kind) {
        if (kind == long.class || kind == Long.class) {
            return "a whole number up to " + Long.MAX_VALUE;
        }
        if (kind == int.class || kind == Integer.class) {
            return "a whole number up to " + Integer.MAX_VALUE;
        }
        return WrongBody.asked(kind);
    }
}

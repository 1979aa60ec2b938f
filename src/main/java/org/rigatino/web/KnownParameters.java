package org.rigatino.web;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses query parameters that a resource of {@code /api}, the page of the trail or that of suppositions does not know: what narrows an answer
 * down and is misspelt would otherwise answer with everything. So it does with one that takes one value and comes twice, of which
 * Jakarta REST reads the first.
 */
@Provider
public class KnownParameters implements ContainerRequestFilter {
    /** Every page takes it. */
    public static final String LANGUAGE = "language";

    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @Inject
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/") && !path.equals("/audit") && !path.endsWith("/what-if")) {
            return;
        }
        check(
                known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::named),
                request.getUriInfo().getQueryParameters());
    }

    /** @param known by name, whether it takes several values */
    static void check(Map<String, Boolean> known, Map<String, List<String>> asked) {
        Map<String, List<String>> others = new TreeMap<>(asked);
        others.keySet().removeAll(known.keySet());
        others.remove(LANGUAGE);
        if (!others.isEmpty()) {
            throw new BadRequestException("there is no parameter " + String.join(", ", others.keySet()) + " here; "
                    + (known.isEmpty() ? "none is taken" : "those known are " + String.join(", ", known.keySet())));
        }
        asked.forEach((name, values) -> {
            if (values.size() > 1 && !known.getOrDefault(name, false)) {
                throw new BadRequestException("the parameter " + name + " stands " + values.size()
                        + " times in the address and takes one value: leave it there once, or ask once for each");
            }
        });
    }

    static Map<String, Boolean> named(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(KnownParameters::named)
                .collect(Collectors.toMap(Named::name, Named::several, (one, other) -> one, TreeMap::new));
    }

    private record Named(String name, boolean several) {
        static Stream<Named> of(QueryParam annotation, Class<?> type) {
            return Stream.ofNullable(annotation)
                    .map(named -> new Named(named.value(), Collection.class.isAssignableFrom(type) || type.isArray()));
        }
    }

    private static Stream<Named> named(Parameter parameter) {
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            return Arrays.stream(parameter.getType().getFields())
                    .flatMap((Field field) -> Named.of(field.getAnnotation(QueryParam.class), field.getType()));
        }
        return Named.of(parameter.getAnnotation(QueryParam.class), parameter.getType());
    }
}

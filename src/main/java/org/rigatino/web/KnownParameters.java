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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses query parameters that a resource of {@code /api}, the page of the trail or that of suppositions does not know: what narrows an answer
 * down and is misspelt would otherwise answer with everything.
 */
@Provider
public class KnownParameters implements ContainerRequestFilter {
    /** Every page takes it. */
    public static final String LANGUAGE = "language";

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Inject
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/api/") && !path.equals("/audit") && !path.endsWith("/what-if")) {
            return;
        }
        Set<String> names = known.computeIfAbsent(resource.getResourceMethod(), KnownParameters::names);
        Set<String> others =
                new TreeSet<>(request.getUriInfo().getQueryParameters().keySet());
        others.removeAll(names);
        others.remove(LANGUAGE);
        if (!others.isEmpty()) {
            throw new BadRequestException("there is no parameter " + String.join(", ", others) + " here; "
                    + (names.isEmpty() ? "none is taken" : "those known are " + String.join(", ", names)));
        }
    }

    static Set<String> names(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(KnownParameters::names)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(Parameter parameter) {
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            return Arrays.stream(parameter.getType().getFields())
                    .map((Field field) -> field.getAnnotation(QueryParam.class))
                    .filter(annotation -> annotation != null)
                    .map(QueryParam::value);
        }
        return Stream.ofNullable(parameter.getAnnotation(QueryParam.class)).map(QueryParam::value);
    }
}

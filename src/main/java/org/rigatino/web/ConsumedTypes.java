package org.rigatino.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which types of bodies the resources here take, by their own words: where none fits, no resource is chosen that could be asked. */
@ApplicationScoped
class ConsumedTypes {
    @Inject
    BeanManager beans;

    /** With {@code or} between them; empty where nothing is said. @param path of the request */
    String of(String httpMethod, String path) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .distinct()
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Stream.of(type.getDeclaredMethods())
                        .filter(method -> takes(type, method, httpMethod, path))
                        .flatMap(method -> types(type, method).stream()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private static boolean takes(Class<?> type, Method method, String httpMethod, String path) {
        boolean asked = Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .anyMatch(named -> named != null && named.value().equals(httpMethod));
        return asked
                && pattern(path(type.getAnnotation(Path.class)) + path(method.getAnnotation(Path.class)))
                        .matcher(path)
                        .matches();
    }

    private static List<String> types(Class<?> type, Method method) {
        Consumes said = method.isAnnotationPresent(Consumes.class)
                ? method.getAnnotation(Consumes.class)
                : type.getAnnotation(Consumes.class);
        return said == null ? List.of() : List.of(said.value());
    }

    /** With one slash in front and none behind; empty where there is none. */
    private static String path(Path annotation) {
        String bare = annotation == null ? "" : annotation.value().replaceAll("^/|/$", "");
        return bare.isEmpty() ? "" : "/" + bare;
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(Stream.of(template.split("(?=\\{)|(?<=\\})"))
                .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining()));
    }
}

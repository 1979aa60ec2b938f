package org.rigatino.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What resources serve, read from their classes once. */
final class Endpoints {
    /** Parameters that are read by no resource, but where pages are made. */
    static final Set<String> OF_EVERY_PAGE = Set.of("language", "earlier", "asked");

    private static Map<String, Set<String>> all;

    private Endpoints() {}

    /** Each with the names of the query's parameters that it reads. */
    static synchronized Map<String, Set<String>> all() {
        if (all == null) {
            all = read();
        }
        return all;
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("org.rigatino")
                .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "resources", type -> type.isAnnotatedWith(Path.class)))) {
            resource.getMethods().stream()
                    .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                    .forEach(method -> found.computeIfAbsent(endpoint(resource, method), endpoint -> new TreeSet<>())
                            .addAll(parameters(resource, method)));
        }
        return found;
    }

    private static Set<String> parameters(JavaClass resource, JavaMethod method) {
        Set<String> names = new TreeSet<>();
        if (resource.getPackageName().equals("org.rigatino.page")) {
            names.addAll(OF_EVERY_PAGE);
        }
        for (JavaParameter parameter : method.getParameters()) {
            if (parameter.isAnnotatedWith(QueryParam.class)) {
                names.add(parameter.getAnnotationOfType(QueryParam.class).value());
            }
            if (parameter.isAnnotatedWith(BeanParam.class)) {
                parameter.getRawType().getAllFields().stream()
                        .filter(field -> field.isAnnotatedWith(QueryParam.class))
                        .forEach(field -> names.add(
                                field.getAnnotationOfType(QueryParam.class).value()));
            }
        }
        return names;
    }

    private static String endpoint(JavaClass resource, JavaMethod method) {
        String verb = Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
                .filter(name -> method.isAnnotatedWith("jakarta.ws.rs." + name))
                .findFirst()
                .orElseThrow();
        String path = resource.getAnnotationOfType(Path.class).value().replaceFirst("^/$", "");
        if (method.isAnnotatedWith(Path.class)) {
            String rest = method.getAnnotationOfType(Path.class).value();
            path += rest.startsWith("/") ? rest : "/" + rest;
        }
        return verb + " " + (path.startsWith("/") ? path : "/" + path);
    }
}

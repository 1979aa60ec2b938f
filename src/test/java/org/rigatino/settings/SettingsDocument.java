package org.rigatino.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** docs/settings.md: its tables are made from the mappings, and what stands before and after them is written by hand. */
final class SettingsDocument {
    static final Path FILE = Path.of("docs/settings.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final String BEGIN = "<!-- from here on made by SettingsTest -->\n";
    private static final String END = "<!-- to here -->\n";

    private SettingsDocument() {}

    /** The file as it ought to be: the hand-written parts of what is there, and tables of what the classes say. */
    static String made() throws IOException {
        String there = Files.readString(FILE);
        int begin = there.indexOf(BEGIN) + BEGIN.length();
        return there.substring(0, begin) + tables() + there.substring(there.indexOf(END));
    }

    static List<Setting> settings() throws IOException {
        Map<String, String> texts = texts();
        List<Setting> all = new ArrayList<>();
        for (Class<?> mapping : mappings()) {
            all.addAll(settings(mapping, texts));
        }
        return all;
    }

    private static String tables() throws IOException {
        Map<String, String> texts = texts();
        StringBuilder markdown = new StringBuilder();
        for (Class<?> mapping : mappings()) {
            markdown.append("\n## `").append(prefix(mapping)).append("`\n\n");
            markdown.append(text(texts, mapping.getName())).append("\n\n");
            markdown.append("| setting, environment variable | default | values | what it does |\n|---|---|---|---|\n");
            settings(mapping, texts)
                    .forEach(setting -> markdown.append(setting.row()).append('\n'));
        }
        return markdown.append('\n').toString();
    }

    private static List<Setting> settings(Class<?> mapping, Map<String, String> texts) {
        List<Setting> settings = new ArrayList<>();
        for (Map.Entry<String, Property> property :
                new TreeMap<>(ConfigMappings.getProperties(ConfigClass.configClass(mapping))).entrySet()) {
            Method method = property.getValue().getMethod();
            String text = text(texts, method.getDeclaringClass().getName() + "#" + method.getName());
            if (!property.getKey().endsWith("[*]")) {
                settings.add(new Setting(named(property.getKey()), method, text));
            }
        }
        return settings;
    }

    /** With a word in capitals in place of each key that the site chooses. */
    private static String named(String path) {
        boolean bySender = path.contains("quiet-periods") || path.contains("expected-counts");
        return path.replace("*", bySender ? "AETITLE" : "NAME");
    }

    private static String text(Map<String, String> texts, String of) {
        String text = texts.get(of);
        if (text == null) {
            throw new IllegalStateException(of + " has no Javadoc, and docs/settings.md takes its words from there");
        }
        if (text.contains("{@link")) {
            throw new IllegalStateException(of + ": a reader of docs/settings.md cannot follow the link of: " + text);
        }
        return text;
    }

    private static Map<String, String> texts() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return SettingsJavadoc.of(files.filter(
                            file -> file.toString().endsWith("Configuration.java") || file.endsWith("Patience.java"))
                    .toList());
        }
    }

    private static List<Class<?>> mappings() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java") && isMapping(file))
                    .map(SettingsDocument::type)
                    .sorted(Comparator.comparing(SettingsDocument::prefix))
                    .toList();
        }
    }

    private static boolean isMapping(Path file) {
        try {
            return Files.readString(file).contains("@ConfigMapping(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(Path file) {
        String path = SOURCES.relativize(file).toString();
        try {
            return Class.forName(
                    path.substring(0, path.length() - ".java".length()).replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(file + " declares no class of its name", e);
        }
    }

    private static String prefix(Class<?> mapping) {
        return mapping.getAnnotation(ConfigMapping.class).prefix();
    }
}

package org.rigatino.settings;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the sources say above types and methods, as Markdown; by binary name of the type, then {@code #} and the method's. */
final class SettingsJavadoc extends TreePathScanner<Void, String> {
    private final DocTrees trees;
    private final Map<String, String> texts = new HashMap<>();

    private SettingsJavadoc(DocTrees trees) {
        this.trees = trees;
    }

    static Map<String, String> of(Collection<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            SettingsJavadoc javadoc = new SettingsJavadoc(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                javadoc.scan(unit, unit.getPackageName() + ".");
            }
            return javadoc.texts;
        }
    }

    @Override
    public Void visitClass(ClassTree type, String prefix) {
        String name = prefix + type.getSimpleName();
        note(name);
        return super.visitClass(type, name + "$");
    }

    @Override
    public Void visitMethod(MethodTree method, String prefix) {
        note(prefix.substring(0, prefix.length() - 1) + "#" + method.getName());
        return null;
    }

    private void note(String name) {
        TreePath path = getCurrentPath();
        DocCommentTree comment = trees.getDocCommentTree(path);
        if (comment != null) {
            texts.put(
                    name,
                    comment.getFullBody().stream()
                            .map(SettingsJavadoc::markdown)
                            .collect(Collectors.joining())
                            .replaceAll("\\s+", " ")
                            .strip());
        }
    }

    private static String markdown(DocTree tree) {
        if (tree instanceof TextTree text) {
            return text.getBody();
        }
        if (tree instanceof LiteralTree literal) {
            return "`" + literal.getBody().getBody() + "`";
        }
        if (tree instanceof EntityTree entity) {
            return entity.toString();
        }
        if (tree instanceof LinkTree link) {
            return link.toString();
        }
        throw new IllegalStateException("no Markdown is made of " + tree);
    }
}

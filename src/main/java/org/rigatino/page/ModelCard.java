package org.rigatino.page;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A model card, Markdown of whoever made the release, as HTML in which nothing can act. */
final class ModelCard {
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    /** The page has a heading of level 1, and a section one of level 2. */
    private static final int DEEPER = 2;

    private static final int DEEPEST = 6;

    private ModelCard() {}

    /** HTML in the Markdown is shown as text; links and pictures beside the release, which are not served, are their words. */
    static String html(String markdown) {
        Node card = PARSER.parse(markdown);
        card.accept(new ForThePage());
        return RENDERER.render(card);
    }

    private static final class ForThePage extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            heading.setLevel(Math.min(heading.getLevel() + DEEPER, DEEPEST));
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (!link.getDestination().matches("(?i)https?://.*")) {
                replaceByChildren(link);
            }
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            replaceByChildren(image);
        }

        private static void replaceByChildren(Node node) {
            while (node.getFirstChild() != null) {
                node.insertBefore(node.getFirstChild());
            }
            node.unlink();
        }
    }
}

package org.rigatino.chart;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Charts, one below another. Needs no display, but a font. */
public record Picture(List<Chart> charts) {
    private static final String SVG = "http://www.w3.org/2000/svg";
    /** Decimals of a coordinate in pixels. */
    private static final int PRECISION = 2;

    /**
     * Draws a small one and throws it away, so that hours of work do not end at their first picture.
     *
     * @throws IOException where this machine has no font
     */
    public static void requireFont() throws IOException {
        new Picture(List.of(new Chart("title", "across", "up", 100, 100))).image();
    }

    public void writePng(Path file) throws IOException {
        ImageIO.write(image(), "png", file.toFile());
    }

    public byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image(), "png", bytes);
        return bytes.toByteArray();
    }

    private BufferedImage image() throws IOException {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        try {
            paint(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /** One element, {@code svg}, whose text is drawn as outlines and told in words by its description. */
    public String svg() throws IOException {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setPrecision(PRECISION);
            context.setComment(null);
            SVGGraphics2D graphics = new SVGGraphics2D(context, true);
            graphics.setSVGCanvasSize(new Dimension(width(), height()));
            paint(graphics);
            Element root = graphics.getRoot();
            describe(root);
            return text(root);
        } catch (ParserConfigurationException | TransformerException e) {
            throw new IOException("a chart cannot be written as SVG: " + e.getMessage(), e);
        }
    }

    /** The SVG for an image of a page: nothing within it can act there. */
    public String uri() throws IOException {
        byte[] svg = svg().getBytes(StandardCharsets.UTF_8);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg);
    }

    private void describe(Element root) {
        root.setAttribute("viewBox", "0 0 " + width() + " " + height());
        root.setAttribute("role", "img");
        Element description = root.getOwnerDocument().createElementNS(SVG, "title");
        description.setTextContent(words());
        root.insertBefore(description, root.getFirstChild());
    }

    private static String text(Element root) throws TransformerException {
        TransformerFactory factory = TransformerFactory.newInstance();
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        Transformer transformer = factory.newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        transformer.transform(new DOMSource(root), new StreamResult(text));
        return text.append('\n').toString();
    }

    /** What it shows, in words. */
    public String words() {
        return charts.stream().map(Chart::words).collect(Collectors.joining(". "));
    }

    private int width() {
        return charts.stream().mapToInt(Chart::width).max().orElse(1);
    }

    private int height() {
        return Math.max(1, charts.stream().mapToInt(Chart::height).sum());
    }

    private void paint(Graphics2D graphics) throws IOException {
        try {
            for (Chart chart : charts) {
                chart.paint(graphics);
                graphics.translate(0, chart.height());
            }
        } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new IOException(
                    "charts cannot be drawn: Java finds no font on this machine; install one, such as Debian's"
                            + " fonts-dejavu-core",
                    e);
        }
    }
}

package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** Content items of a structured report (PS3.3 C.17.3), by their value types. */
final class ContentItem {
    static final String CONTAINS = "CONTAINS";
    static final String HAS_OBS_CONTEXT = "HAS OBS CONTEXT";
    static final String HAS_CONCEPT_MOD = "HAS CONCEPT MOD";
    static final String INFERRED_FROM = "INFERRED FROM";
    static final String SELECTED_FROM = "SELECTED FROM";

    private final Dataset item;
    private final List<Dataset> children = new ArrayList<>();

    private ContentItem(String valueType, Code name) {
        item = new Dataset().put(Tag.ValueType, valueType);
        if (name != null) {
            item.putItems(Tag.ConceptNameCodeSequence, List.of(name.item()));
        }
    }

    static ContentItem container(Code name) {
        ContentItem container = new ContentItem("CONTAINER", name);
        container.item.put(Tag.ContinuityOfContent, "SEPARATE");
        return container;
    }

    /** @param template of DCMR (PS3.16) that the container follows */
    static ContentItem container(Code name, String template) {
        ContentItem container = container(name);
        container.item.putItems(
                Tag.ContentTemplateSequence,
                List.of(new Dataset().put(Tag.MappingResource, "DCMR").put(Tag.TemplateIdentifier, template)));
        return container;
    }

    /** TID 1204, Language of Content Item and Descendants. */
    static ContentItem english() {
        return code(
                Code.dcm("121049", "Language of Content Item and Descendants"), new Code("en", "RFC5646", "English"));
    }

    static ContentItem code(Code name, Code value) {
        ContentItem code = new ContentItem("CODE", name);
        code.item.putItems(Tag.ConceptCodeSequence, List.of(value.item()));
        return code;
    }

    static ContentItem text(Code name, String value) {
        ContentItem text = new ContentItem("TEXT", name);
        text.item.put(Tag.TextValue, value);
        return text;
    }

    /** What a person wrote: characters beyond ASCII where the document says ISO_IR 192. */
    static ContentItem utf8(Code name, String value) {
        ContentItem text = new ContentItem("TEXT", name);
        text.item.putUtf8(Tag.TextValue, value);
        return text;
    }

    /** @param value of VR PN, as {@link #utf8} */
    static ContentItem pname(Code name, String value) {
        ContentItem pname = new ContentItem("PNAME", name);
        pname.item.putUtf8(Tag.PersonName, value);
        return pname;
    }

    static ContentItem uidref(Code name, String uid) {
        ContentItem uidref = new ContentItem("UIDREF", name);
        uidref.item.put(Tag.UID, uid);
        return uidref;
    }

    /** @param value a decimal of at most 16 characters */
    static ContentItem num(Code name, String value, Code unit) {
        ContentItem num = new ContentItem("NUM", name);
        num.item.putItems(
                Tag.MeasuredValueSequence,
                List.of(new Dataset()
                        .put(Tag.NumericValue, value)
                        .putItems(Tag.MeasurementUnitsCodeSequence, List.of(unit.item()))));
        return num;
    }

    /** @param name null where the relationship says enough */
    static ContentItem image(Code name, Dataset sopReference) {
        ContentItem image = new ContentItem("IMAGE", name);
        image.item.putItems(Tag.ReferencedSOPSequence, List.of(sopReference));
        return image;
    }

    /** An object that is neither image nor waveform (PS3.3 C.18.2). */
    static ContentItem composite(EncodedObject object) {
        return composite(
                null,
                new Dataset()
                        .put(Tag.ReferencedSOPClassUID, object.sopClassUid())
                        .put(Tag.ReferencedSOPInstanceUID, object.sopInstanceUid()));
    }

    /** @param name null where the relationship says enough */
    static ContentItem composite(Code name, Dataset sopReference) {
        ContentItem composite = new ContentItem("COMPOSITE", name);
        composite.item.putItems(Tag.ReferencedSOPSequence, List.of(sopReference));
        return composite;
    }

    /** @param column and {@code row} from the image's upper left corner, in pixels (PS3.3 C.18.6.1.2) */
    static ContentItem point(Code name, float column, float row) {
        ContentItem scoord = new ContentItem("SCOORD", name);
        scoord.item.put(Tag.GraphicType, "POINT").putFloats(Tag.GraphicData, column, row);
        return scoord;
    }

    /** A closed polyline; see {@link Contours#closed}. */
    static ContentItem polyline(Code name, float[] points) {
        ContentItem scoord = new ContentItem("SCOORD", name);
        scoord.item.put(Tag.GraphicType, "POLYLINE").putFloats(Tag.GraphicData, points);
        return scoord;
    }

    ContentItem add(String relationship, ContentItem... items) {
        Arrays.stream(items).forEach(child -> children.add(child.dataset().put(Tag.RelationshipType, relationship)));
        return this;
    }

    /** The item as the root of a document (PS3.3 C.17.3). */
    void putInto(Dataset document) {
        document.copy(
                dataset(),
                Tag.ValueType,
                Tag.ConceptNameCodeSequence,
                Tag.ContinuityOfContent,
                Tag.ContentTemplateSequence,
                Tag.ContentSequence);
    }

    Dataset dataset() {
        return children.isEmpty() ? item : item.putItems(Tag.ContentSequence, children);
    }
}

package org.rigatino.restore;

import java.util.List;

/** The images that a release asks for, by its name and its eligibility. */
public record Claim(String name, Eligibility images) {
    /** Rules by which a release with this claim may refuse images that the other takes; none where it takes them all. */
    public List<String> lacks(Claim other) {
        return Coverage.lacking(images, other.images);
    }

    /** Whether both could ask for one image. Versions of one release do, whatever they say of it. */
    public boolean overlaps(Claim other) {
        return name.equals(other.name) || images.overlaps(other.images);
    }
}

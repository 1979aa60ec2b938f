package org.rigatino.restore;

/** The images that a release asks for, by its name and its eligibility. */
public record Claim(String name, Eligibility images) {
    /** Whether both could ask for one image. Versions of one release do, whatever they say of it. */
    public boolean overlaps(Claim other) {
        return name.equals(other.name) || images.overlaps(other.images);
    }
}

package org.rigatino.page;

/**
 * The image that a study's page shows.
 *
 * @param normals of the release that judged it; null where that is not in service here
 * @param next Study Instance UID of the next open study of the worklist; null where there is none, or nobody asks
 * @param beside the nearest image of an earlier study; null where none is shown
 */
public record Shown(Viewer viewer, Normals normals, Stack stack, Answering answering, String next, Beside beside) {
    Shown with(Answering other) {
        return new Shown(viewer, normals, stack, other, next, beside);
    }
}

package org.rigatino.triage;

import java.util.List;

/**
 * A page of the worklist.
 *
 * @param total studies that the filter lets through, on all pages
 * @param page from 0
 * @param size most entries of a page
 */
public record WorklistPage(long total, int page, int size, List<WorklistView> entries) {
    /** The last page that there is; the first where there is none. */
    int last() {
        return (int) (Math.max(0, total - 1) / size);
    }
}

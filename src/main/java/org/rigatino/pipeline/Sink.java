package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rigatino.image.FrameReference;
import org.rigatino.restore.ModelRelease;
import org.rigatino.result.EncodedObject;

/** Where the objects of a study go, and who is told what its files came to. Called by several threads. */
public interface Sink {
    /**
     * Keeps an object of one frame, as it is and under one name however often it is made.
     *
     * @return a file that can be read until the study is through: objects of series hold its pixels
     */
    Path keep(SourceFile file, FrameReference frame, EncodedObject object) throws IOException;

    /** Frames went through a network, which took it so long. */
    default void drawn(ModelRelease release, int frames, long nanos) {}

    /** Once for each file, when none of its frames is under way any more. */
    void done(FileResult result) throws IOException;

    /**
     * Keeps an object of a series, after all files are done.
     *
     * @param frames that it holds or speaks of
     */
    void keepOfSeries(List<FrameReference> frames, EncodedObject object) throws IOException;
}

package org.rigatino.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;
import org.rigatino.restore.Normalisation;
import org.rigatino.restore.ReleaseFile;

/** Files of a data set as the network sees them, framed and normalised as the release will. */
public record ImageLoader(ReleaseFile.Grid grid, Normalisation normalisation) {
    public List<TrainingImage> load(Path directory, List<Manifest.Entry> entries) throws IOException {
        List<TrainingImage> images = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            Frame frame = ImageFile.read(directory.resolve(entry.file()));
            ModelGrid modelGrid = ModelGrid.of(frame, grid.framing(), grid.size());
            images.add(TrainingImage.of(normalisation.apply(modelGrid.toGrid(frame.values()))));
        }
        return images;
    }
}

package org.rigatino.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.finding.SliceNeighbours;
import org.rigatino.finding.StackedSlice;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.EligibleFrames.HeaderSlice;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;

/**
 * In which order the frames of a study are restored, and which of them lie side by side: along each stack of slices, so that
 * neighbours follow each other. Frames of a multi-frame instance have neighbours in it alone, those without a place none.
 * Holds no pixels, some words a frame. Where no release joins slices nothing is read, files come as they were given, and nobody has neighbours.
 */
final class FrameOrder {
    /** Of a frame: {@link SourceFile#id} and its number. */
    private record Key(long file, int frame) {}

    private final Map<SourceFile, List<Integer>> files = new LinkedHashMap<>();
    private final Map<Key, Integer> places = new HashMap<>();
    private final SliceNeighbours neighbours;

    private FrameOrder(List<SourceFile> given, List<Key> keys, List<Optional<StackedSlice>> slices) {
        Map<Long, SourceFile> byId = new HashMap<>();
        given.forEach(file -> byId.put(file.id(), file));
        neighbours = new SliceNeighbours(slices);
        for (int place : neighbours.order()) {
            Key key = keys.get(place);
            places.put(key, place);
            files.computeIfAbsent(byId.get(key.file), none -> new ArrayList<>()).add(key.frame);
        }
        given.forEach(file -> files.putIfAbsent(file, List.of()));
    }

    /**
     * Of what headers say; one that cannot be read is told of when it is its file's turn.
     *
     * @param pace to whom the reading gives way
     * @throws StageException where the file system does not give one: it may give it when it is its file's turn, and then slices
     *     would be judged without their neighbours
     */
    static FrameOrder of(List<SourceFile> given, EligibleFrames eligible, Pace pace) throws StageException {
        List<Key> keys = new ArrayList<>();
        List<Optional<StackedSlice>> slices = new ArrayList<>();
        for (SourceFile file : eligible.join() ? given : List.<SourceFile>of()) {
            StageException.requireUninterrupted(null);
            StageException.giveWay(pace);
            for (HeaderSlice slice : slices(file, eligible)) {
                keys.add(new Key(file.id(), slice.frame()));
                slices.add(Optional.of(slice.slice()));
            }
        }
        return new FrameOrder(given, keys, slices);
    }

    private static List<HeaderSlice> slices(SourceFile file, EligibleFrames eligible) throws StageException {
        try {
            return eligible.slices(file);
        } catch (UnavailableFileException e) {
            throw new StageException(
                    StudyStage.IMAGE,
                    e.getMessage() + ": which slices lie side by side cannot be told; mend that and replay the study",
                    e);
        } catch (DicomException | RuntimeException e) {
            StageException.requireUninterrupted(e);
            return List.of();
        }
    }

    List<SourceFile> files() {
        return List.copyOf(files.keySet());
    }

    /** Numbers of those frames of a file whose order matters, in that order. */
    List<Integer> frames(SourceFile file) {
        return files.get(file);
    }

    /** Whether one is judged with the other. */
    boolean areNeighbours(WaitingFrame one, WaitingFrame other) {
        Integer place = places.get(key(one));
        Integer next = places.get(key(other));
        return place != null && next != null && neighbours.areNeighbours(place, next);
    }

    private static Key key(WaitingFrame frame) {
        return new Key(frame.file().file().id(), frame.frame().reference().frameNumber());
    }
}

package org.rigatino.restore;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.rigatino.network.Copy;
import org.rigatino.network.ImageBlock;

/** A file of networks one after another, each as DJL writes a block's parameters. */
public final class Weights {
    private Weights() {}

    /**
     * @param manager that the weights, float32 whatever the file holds, live in
     * @param empty makes a network without weights
     * @throws IllegalArgumentException where the file does not hold the members in the precision that {@code network} says,
     *     or is damaged
     */
    public static List<ImageBlock> read(
            Path file, NDManager manager, ReleaseFile.Network network, Supplier<ImageBlock> empty) throws IOException {
        List<ImageBlock> members = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < network.members(); i++) {
                ImageBlock stored = stored(manager, network.precision(), empty.get(), in);
                boolean full = network.precision() == ReleaseFile.Precision.FLOAT32;
                members.add(full ? stored : converted(manager, stored, empty.get(), DataType.FLOAT32));
            }
            if (in.read() >= 0) {
                throw new MalformedModelException("more weights follow the last member's");
            }
        } catch (MalformedModelException | EOFException e) {
            throw new IllegalArgumentException(
                    file + " does not fit the " + network + " that release.json names: "
                            + (e instanceof EOFException ? "it ends before the last weight" : e.getMessage()),
                    e);
        } catch (UTFDataFormatException | RuntimeException | OutOfMemoryError e) {
            throw damaged(file, e);
        }
        return members;
    }

    /** What DJL and its engine make of shapes, types and lengths that nobody wrote. */
    private static IllegalArgumentException damaged(Path file, Throwable e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new IllegalArgumentException(
                file + " cannot be read as weights: " + e.getClass().getSimpleName() + ", " + reason, e);
    }

    private static ImageBlock stored(
            NDManager manager, ReleaseFile.Precision precision, ImageBlock network, DataInputStream in)
            throws IOException, MalformedModelException {
        List<Shape> expected = shapes(network);
        network.loadParameters(manager, in);
        if (!shapes(network).equals(expected)) {
            throw new MalformedModelException("other shapes of weights");
        }
        for (Parameter parameter : network.getParameters().values()) {
            if (parameter.getArray().getDataType() != type(precision)) {
                throw new MalformedModelException(
                        "weights are " + parameter.getArray().getDataType());
            }
        }
        return network;
    }

    private static List<Shape> shapes(Block network) {
        return network.getParameters().values().stream()
                .map(Parameter::getShape)
                .toList();
    }

    private static DataType type(ReleaseFile.Precision precision) {
        return precision == ReleaseFile.Precision.FLOAT16 ? DataType.FLOAT16 : DataType.FLOAT32;
    }

    /** Moves the weights of one network into another of the same shape; nearest values, ties to even. */
    private static ImageBlock converted(NDManager manager, ImageBlock from, ImageBlock to, DataType type) {
        to.initialize(manager, type, new Shape(1));
        List<Parameter> sources = from.getParameters().values();
        List<Parameter> targets = to.getParameters().values();
        for (int i = 0; i < sources.size(); i++) {
            try (NDArray value = sources.get(i).getArray().toType(type, true)) {
                Copy.into(targets.get(i).getArray(), value);
            }
        }
        from.clear();
        return to;
    }

    /**
     * Writes networks one after another and frees them.
     *
     * @param networks with float32 weights
     * @param empty makes a network without weights
     */
    public static void write(
            Path file,
            NDManager manager,
            List<ImageBlock> networks,
            ReleaseFile.Precision precision,
            Supplier<ImageBlock> empty)
            throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (ImageBlock network : networks) {
                boolean full = precision == ReleaseFile.Precision.FLOAT32;
                ImageBlock written = full ? network : converted(manager, network, empty.get(), DataType.FLOAT16);
                written.saveParameters(out);
                written.clear();
            }
        }
    }
}

package org.rigatino.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/** The mean of what networks of one shape, trained apart, make of the same images. For inference. */
public final class Ensemble extends ImageBlock {
    private final List<ImageBlock> members = new ArrayList<>();

    /** @param members one at least */
    public Ensemble(List<? extends ImageBlock> members) {
        for (ImageBlock member : members) {
            this.members.add(addChildBlock("member" + this.members.size(), member));
        }
    }

    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray sum = member(0, parameters, x, training);
        for (int i = 1; i < members.size(); i++) {
            try (NDArray made = member(i, parameters, x, training)) {
                sum.addi(made);
            }
        }
        return members.size() == 1 ? sum : sum.divi(members.size());
    }

    /** Frees what a member needs on its way before the next one starts. */
    private NDArray member(int i, ParameterStore parameters, NDArray x, boolean training) {
        try (NDManager scratch = x.getManager().newSubManager()) {
            NDArray view = x.reshape(x.getShape());
            view.attach(scratch);
            NDArray made = members.get(i).apply(parameters, view, training);
            made.attach(x.getManager());
            return made;
        }
    }

    @Override
    protected Shape outputShape(Shape input) {
        return members.get(0).outputShape(input);
    }
}

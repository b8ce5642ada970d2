package io.heliograph;

import java.util.List;

/** What is known of a sender besides its ids. */
public interface SenderDetails {
    /** {@return what {@link Sender#identity()} answers} */
    SenderIdentity identity();

    /** {@return what {@link Sender#ancestors()} answers} */
    List<Ancestor> ancestors();
}

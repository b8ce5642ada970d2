package io.heliograph;

import java.util.List;

/** What is known of a sender besides its ids. */
public interface SenderDetails {
    /** See {@link Sender#identity()}. */
    SenderIdentity identity();

    /** See {@link Sender#ancestors()}. */
    List<Ancestor> ancestors();
}

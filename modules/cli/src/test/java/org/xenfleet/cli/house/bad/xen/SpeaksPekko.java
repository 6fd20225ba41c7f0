package org.xenfleet.cli.house.bad.xen;

import org.apache.pekko.actor.typed.ActorRef;

/** A rule that wants to be an actor. */
record SpeaksPekko(ActorRef<String> other) {}

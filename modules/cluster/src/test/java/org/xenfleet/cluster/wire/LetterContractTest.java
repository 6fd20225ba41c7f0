package org.xenfleet.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.Test;

/** Holds the wire format against a protocol with everything in it, which no node speaks. */
class LetterContractTest extends WireContractTest {

    @Override
    Config configuration() {
        return WireConfigs.letters();
    }

    @Override
    Collection<Class<?>> roots() {
        return List.of(Letter.class);
    }

    @Test
    void shouldTryEveryEdgeValue() {
        assertThat(samples().of(Letter.Primitives.class))
                .extracting(sample -> ((Letter.Primitives) sample).number())
                .contains(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
        assertThat(samples().of(Letter.Boxes.class))
                .extracting(sample -> ((Letter.Boxes) sample).number())
                .contains(0, Integer.MAX_VALUE)
                .containsNull();
        assertThat(samples().of(Letter.Counted.class))
                .extracting(sample -> ((Letter.Counted) sample).atLeastOne())
                .contains(1, Integer.MAX_VALUE);
    }

    @Test
    void shouldFindWhatMessagesAreMadeOf() {
        assertThat(types())
                .containsExactlyInAnyOrder(
                        Letter.Primitives.class,
                        Letter.Boxes.class,
                        Letter.Arrays.class,
                        Letter.Collections.class,
                        Letter.Answered.class,
                        Letter.Empty.class,
                        Letter.Counted.class,
                        Letter.Kind.class,
                        Letter.Kinds.class);
    }

    @Test
    void shouldKeepTheOrderOfCollections() throws Exception {
        var message = new Letter.Collections(
                List.of(new Letter.Empty(), new Letter.Counted(3), new Letter.Empty()),
                Set.of(),
                Map.of(),
                new TreeMap<>(),
                new TreeSet<>(List.of(3L, -1L)));

        var read = (Letter.Collections) serializer().fromBinary(serializer().toBinary(message));

        assertThat(read).isEqualTo(message);
        assertThat(read.sorted()).containsExactly(-1L, 3L);
        assertThatThrownBy(() -> read.parts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldBeSmall() {
        // the id of the class, then the components in the order of their names: fraction, flag, large, letter, middle,
        // number,
        // small, and text, whose last letter is marked as the last
        assertThat(serializer().toBinary(new Letter.Primitives(true, (byte) 1, (short) 1, 'a', 1, 1, 0.5, "text")))
                .hasSize(1 + 8 + 1 + 1 + 2 + 2 + 1 + 1 + 4);
    }

    @Test
    void shouldHaveNoJavaSerialization() {
        var java = SerializationExtension.get(system()).serializerByIdentity().get(1);

        assertThat(java.get().getClass().getSimpleName()).isEqualTo("DisabledJavaSerializer");
    }
}

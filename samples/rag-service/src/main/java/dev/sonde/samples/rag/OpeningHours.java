package dev.sonde.samples.rag;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;

/** The one tool offered to the model: when a place can be visited. */
class OpeningHours {
    /** Places with opening hours. */
    enum Place {
        LIGHTHOUSE,
        MUSEUM,
        BAKERY,
        FERRY
    }

    /** What the model fills in to call the tool. */
    @JsonTypeName("opening_hours")
    @JsonClassDescription("Opening hours of a place on the islands")
    static class Question {
        @JsonPropertyDescription("The place to visit")
        public Place place = Place.LIGHTHOUSE;
    }

    @Observe(name = "opening-hours", type = ObservationType.TOOL)
    String of(Place place) {
        return switch (place) {
            case LIGHTHOUSE -> "The opening hours of the lighthouse are 10:00 to 17:00, daily from May to September.";
            case MUSEUM -> "The opening hours of the museum are 11:00 to 16:00, Tuesday to Sunday.";
            case BAKERY -> "The opening hours of the bakery are from 06:00 until the bread is sold.";
            case FERRY -> "The opening hours of the ferry office are 07:30 to 19:00.";
        };
    }
}

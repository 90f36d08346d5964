/** The use case, {@link ContentService}: an event's recommendation becomes three SNS images. */
package com.kt.event.content;

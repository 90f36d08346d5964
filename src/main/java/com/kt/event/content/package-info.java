/**
 * The content service: an event's recommendation becomes three SNS pictures. {@code ContentService} is the use case.
 */
package com.kt.event.content;

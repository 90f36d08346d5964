// The main flow against $BASE, and against a later version at $FUTURE.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"strings"

	client "example.org/content/client"
)

const draft = "rainy-day"

var ctx = context.Background()

func main() {
	run(service(os.Getenv("BASE")))
	readLaterVersion(service(os.Getenv("FUTURE")))
	fmt.Println("ok go")
}

func service(base string) *client.APIClient {
	configuration := client.NewConfiguration()
	configuration.Servers = client.ServerConfigurations{{URL: base}}
	return client.NewAPIClient(configuration)
}

func run(service *client.APIClient) {
	images, jobs := service.ImagesAPI, service.JobsAPI
	_, err := images.DeleteImages(ctx, draft).Execute()
	expect(nil, err)
	key := uuid()
	first, _, err := images.GenerateImages(ctx, draft).IdempotencyKey(key).Execute()
	expect(nil, err)
	again, _, err := images.GenerateImages(ctx, draft).IdempotencyKey(key).Execute()
	expect(nil, err)
	expect(first.JobId, again.JobId)

	job, tag := waitFor(jobs, first.JobId)
	expect("COMPLETED", job.Status)
	_, response, _ := jobs.GetJob(ctx, first.JobId).IfNoneMatch(tag).Execute()
	expect(http.StatusNotModified, response.StatusCode)
	for _, url := range job.ImageUrls {
		file, _, err := images.GetFile(ctx, url[strings.LastIndex(url, "/")+1:]).Execute()
		expect(nil, err)
		picture, err := io.ReadAll(file)
		expect(nil, err)
		expect(true, string(picture[1:4]) == "PNG" || string(picture[1:4]) == "svg")
	}

	_, _, err = images.GenerateImages(ctx, "burger-anniversary").IdempotencyKey(key).Execute()
	expect("CONTENT_006", problem(err).Code)
	_, _, err = jobs.GetJob(ctx, uuid()).Execute()
	expect("CONTENT_002", problem(err).Code)
}

// waitFor returns the ended job and its ETag. The generated client reports a 304 as an error.
func waitFor(jobs *client.JobsAPIService, id string) (*client.Job, string) {
	var job *client.Job
	tag := ""
	for job == nil || !ended(job.Status) {
		request := jobs.GetJob(ctx, id)
		if tag != "" {
			request = request.IfNoneMatch(tag).Prefer("wait=25")
		}
		next, response, err := request.Execute()
		if err == nil {
			job = next
		} else {
			expect(http.StatusNotModified, response.StatusCode)
		}
		tag = response.Header.Get("ETag")
	}
	return job, tag
}

func ended(status string) bool {
	return status == "COMPLETED" || status == "FAILED" || status == "CANCELLED"
}

func readLaterVersion(service *client.APIClient) {
	job, _, err := service.JobsAPI.GetJob(ctx, uuid()).Execute()
	expect(nil, err)
	expect("ARCHIVED", job.Status)
	expect("cubist", job.Styles[0].Style)
	expect("OUT_OF_PAINT", job.Styles[1].Error.Code)
	_, there := job.ImageUrls["cubist"]
	expect(true, there)
	gallery, _, err := service.ImagesAPI.GetImages(ctx, draft).Execute()
	expect(nil, err)
	expect("cubist", gallery.Images[0].Style)
	_, _, err = service.JobsAPI.CancelJob(ctx, uuid()).Execute()
	expect("CONTENT_099", problem(err).Code)
}

func problem(err error) client.Problem {
	var failure *client.GenericOpenAPIError
	if !errors.As(err, &failure) {
		panic(fmt.Sprintf("no failure of the service: %v", err))
	}
	return failure.Model().(client.Problem)
}

func uuid() string {
	bytes := make([]byte, 16)
	_, err := rand.Read(bytes)
	expect(nil, err)
	bytes[6], bytes[8] = bytes[6]&0x0f|0x40, bytes[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}

func expect(expected, actual any) {
	if !reflect.DeepEqual(expected, actual) {
		panic(fmt.Sprintf("expected %v, got %v", expected, actual))
	}
}

// Data sets, trainers, evaluators and the replicas of compute workers.
#include <algorithm>
#include <cmath>

#include "bindings/exports.hpp"
#include "bindings/handles.hpp"
#include "nn/config.hpp"
#include "training/image_weights.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::val;

std::size_t index_from(double i, const char* what) {
  if (!(i >= 0) || i > 4294967295.0) {
    throw Error("invalid_argument", {what, ": expected a whole number of at least 0."});
  }
  return static_cast<std::size_t>(i);
}

DatasetHandle create_dataset(double count, int height, int width, int channels, int classes) {
  for (const int extent : {height, width, channels}) {
    if (extent < 1 || extent > 16384) {
      throw Error("invalid_dataset", "data set: expected extents from 1 to 16384.");
    }
  }
  return DatasetHandle{std::make_shared<training::Dataset>(
      index_from(count, "data set"), Shape{height, width, channels}, classes)};
}

void bind_dataset() {
  Exported<DatasetHandle>("Dataset")
      .method<[](DatasetHandle& h, double first, const val& pixels) {
        h.data->set_images(index_from(first, "setImages"), bytes_from(pixels));
      }>("setImages")
      .method<[](DatasetHandle& h, double first, const val& labels) {
        h.data->set_labels(index_from(first, "setLabels"), bytes_from(labels));
      }>("setLabels")
      .method<[](const DatasetHandle& h, double i) {
        return to_array(h.data->image(index_from(i, "image")));
      }>("image")
      .method<[](const DatasetHandle& h, double i) {
        return static_cast<int>(h.data->label(index_from(i, "label")));
      }>("label")
      .method<[](const DatasetHandle& h) { return static_cast<double>(h.data->count()); }>("count");
  export_function<&create_dataset>("createDataset");
}

/// One an image, or null for none.
std::vector<float> weights_from(const val& weights) {
  return weights.isNull() || weights.isUndefined() ? std::vector<float>{} : floats_from(weights);
}

TrainerHandle create_weighted_trainer(ModelHandle& model, DatasetHandle& data,
                                      DatasetHandle* validation, const std::string& options,
                                      const val& sample_weight) {
  training::FitOptions fit = training::fit_options_from_json(options);
  fit.sample_weight = weights_from(sample_weight);
  TrainerHandle h{model.model, data.data, validation != nullptr ? validation->data : nullptr, {}};
  h.trainer = std::make_shared<training::Trainer>(h.model->sequential, h.model->parameters,
                                                  h.model->optimizer(), *h.data, h.validation.get(),
                                                  fit, h.model->objective);
  return h;
}

TrainerHandle create_trainer(ModelHandle& model, DatasetHandle& data, DatasetHandle* validation,
                             const std::string& options) {
  return create_weighted_trainer(model, data, validation, options, val::null());
}

val report(const training::FitReport& r, const training::Metrics& metrics) {
  val out = val::object();
  out.set("kind", std::string(r.epoch_ended ? "epoch" : "step"));
  out.set("epoch", r.epoch);
  out.set("epochs", r.epochs);
  out.set("step", r.step);
  out.set("steps", r.steps);
  out.set("batch_loss", r.batch_loss);
  out.set("batch_accuracy", r.batch_accuracy);
  out.set("loss", r.loss);
  out.set("accuracy", r.accuracy);
  out.set("val_loss", r.val_loss);
  out.set("val_accuracy", r.val_accuracy);
  out.set("learning_rate", r.learning_rate);
  out.set("checkpoint", r.checkpoint);
  out.set("stopped_early", r.stopped_early);
  out.set("best_epoch", r.best_epoch);
  out.set("total_step", static_cast<double>(r.total_step));
  if (metrics.empty()) return out;
  val measured = val::object();
  for (std::size_t m = 0; m < metrics.size(); ++m) measured.set(metrics[m].key, r.metrics[m]);
  for (std::size_t m = 0; m < metrics.size() && !std::isnan(r.val_loss); ++m) {
    measured.set("val_" + metrics[m].key, r.val_metrics[m]);
  }
  out.set("metrics", measured);
  return out;
}

val range(training::Range r) {
  val out = val::object();
  out.set("first", static_cast<double>(r.first));
  out.set("count", static_cast<double>(r.count));
  return out;
}

std::string phase_word(training::Phase p) {
  return p == training::Phase::step       ? "step"
         : p == training::Phase::validate ? "validate"
                                          : "finished";
}

void bind_trainer() {
  using training::Trainer;
  Exported<TrainerHandle>("Trainer")
      .method<[](const TrainerHandle& h) { return phase_word(h.trainer->phase()); }>("phase")
      .method<[](TrainerHandle& h, int workers) { return h.trainer->begin(workers); }>("begin")
      .method<[](TrainerHandle& h, int unit) { h.trainer->run_unit(unit); }>("runUnit")
      .method<[](const TrainerHandle& h, int unit) {
        return to_array(std::span<const std::uint8_t>(h.trainer->export_unit(unit)));
      }>("exportUnit")
      .method<[](TrainerHandle& h, const val& result) { h.trainer->accept(bytes_from(result)); }>(
          "accept")
      .method<[](TrainerHandle& h) { return h.trainer->meet(); }>("meet")
      .method<[](TrainerHandle& h) { return report(h.trainer->finish(), h.trainer->metrics()); }>(
          "finish")
      .method<[](const TrainerHandle& h) { return range(h.trainer->training_range()); }>(
          "trainRange")
      .method<[](const TrainerHandle& h) { return range(h.trainer->validation_range()); }>(
          "validationRange")
      .method<[](const TrainerHandle& h) {
        const auto weights = h.trainer->checkpoint();
        return weights.empty() ? val::null() : to_array(weights);
      }>("checkpoint")
      .method<[](const TrainerHandle& h) { return h.trainer->history().json(); }>("history")
      .method<[](TrainerHandle& h) { h.trainer->stop(); }>("stop")
      .method<[](TrainerHandle& h, double rate) { h.trainer->set_learning_rate(rate); }>(
          "setLearningRate")
      .method<[](const TrainerHandle& h) {
        return static_cast<double>(h.trainer->learning_rate());
      }>("learningRate")
      .method<[](const TrainerHandle& h) {
        return to_array(std::span<const std::uint8_t>(h.trainer->state()));
      }>("state")
      .method<[](TrainerHandle& h, const val& state) { h.trainer->restore(bytes_from(state)); }>(
          "restore");
  export_function<&create_trainer>("createTrainer", emscripten::allow_raw_pointers());
  export_function<&create_weighted_trainer>("createTrainer", emscripten::allow_raw_pointers());
}

/// Of the first `count` images.
EvaluatorHandle create_weighted_evaluator(ModelHandle& model, DatasetHandle& data, double count,
                                          const val& sample_weight) {
  EvaluatorHandle h{model.model,
                    data.data,
                    {},
                    {},
                    std::make_shared<std::vector<float>>(),
                    std::make_shared<std::vector<float>>(weights_from(sample_weight)),
                    model.model->objective.metrics};
  training::check_image_weights("evaluate", *h.weights, *h.data);
  const std::size_t images = std::min(index_from(count, "evaluate"), h.data->count());
  h.evaluator =
      std::make_shared<training::Evaluator>(h.model->sequential, *h.data, 0, images, *h.weights);
  h.replica = std::make_shared<training::Replica>(h.model->sequential, h.model->objective);
  return h;
}

EvaluatorHandle create_evaluator(ModelHandle& model, DatasetHandle& data) {
  return create_weighted_evaluator(model, data, static_cast<double>(data.data->count()),
                                   val::null());
}

val evaluation(const training::EvaluationReport& r, const training::Metrics& metrics) {
  val out = val::object();
  out.set("loss", r.loss);
  out.set("accuracy", r.accuracy);
  out.set("confusion", to_array(std::span<const std::uint32_t>(r.confusion)));
  out.set("predicted", to_array(std::span<const std::uint8_t>(r.predicted)));
  out.set("confidence", to_array(std::span<const float>(r.confidence)));
  if (metrics.empty()) return out;
  val measured = val::object();
  for (std::size_t m = 0; m < metrics.size(); ++m) measured.set(metrics[m].key, r.metrics[m]);
  out.set("metrics", measured);
  return out;
}

void bind_evaluator() {
  Exported<EvaluatorHandle>("Evaluator")
      .method<[](EvaluatorHandle& h) {
        // A copy: the model may train on while this evaluation runs.
        *h.parameters = h.model->parameters;
        return h.evaluator->begin(*h.parameters);
      }>("begin")
      .method<[](EvaluatorHandle& h, int unit) { h.evaluator->run_unit(unit, *h.replica); }>(
          "runUnit")
      .method<[](const EvaluatorHandle& h, int unit) {
        return to_array(std::span<const std::uint8_t>(h.evaluator->export_unit(unit)));
      }>("exportUnit")
      .method<[](EvaluatorHandle& h, const val& result) {
        h.evaluator->accept(bytes_from(result));
      }>("accept")
      .method<[](const EvaluatorHandle& h) {
        return evaluation(h.evaluator->finish(), h.metrics);
      }>("finish");
  export_function<&create_evaluator>("createEvaluator");
  export_function<&create_weighted_evaluator>("createEvaluator");
}

ReplicaHandle create_replica(const std::string& config) {
  return ReplicaHandle{std::make_shared<training::Replica>(training::replica_from(config))};
}

}  // namespace

void bind_training() {
  bind_dataset();
  bind_trainer();
  bind_evaluator();
  Exported<ReplicaHandle>("Replica").method<[](ReplicaHandle& h, const val& task) {
    return to_array(std::span<const std::uint8_t>(h.replica->run(bytes_from(task))));
  }>("run");
  export_function<&create_replica>("createReplica");
}

}  // namespace ziffer::bindings

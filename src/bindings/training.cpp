// Data sets, trainers, evaluators and the replicas of compute workers.
#include <emscripten/bind.h>

#include "bindings/convert.hpp"
#include "bindings/handles.hpp"
#include "nn/config.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::optional_override;
using emscripten::val;

std::size_t index_from(double i, const char* what) {
  if (!(i >= 0) || i > 4294967295.0) {
    throw Error("invalid_argument", std::string(what) + ": expected a whole number of at least 0.");
  }
  return static_cast<std::size_t>(i);
}

DatasetHandle create_dataset(double count, int height, int width, int channels, int classes) {
  return guarded([&] {
    for (const int extent : {height, width, channels}) {
      if (extent < 1 || extent > 16384) {
        throw Error("invalid_dataset", "data set: expected extents from 1 to 16384.");
      }
    }
    return DatasetHandle{std::make_shared<training::Dataset>(
        index_from(count, "data set"), Shape{height, width, channels}, classes)};
  });
}

void bind_dataset() {
  emscripten::class_<DatasetHandle>("Dataset")
      .function(
          "setImages", optional_override([](DatasetHandle& h, double first, const val& pixels) {
            guarded(
                [&] { h.data->set_images(index_from(first, "setImages"), bytes_from(pixels)); });
          }))
      .function(
          "setLabels", optional_override([](DatasetHandle& h, double first, const val& labels) {
            guarded(
                [&] { h.data->set_labels(index_from(first, "setLabels"), bytes_from(labels)); });
          }))
      .function("image", optional_override([](const DatasetHandle& h, double i) {
                  return guarded([&] { return to_array(h.data->image(index_from(i, "image"))); });
                }))
      .function(
          "label", optional_override([](const DatasetHandle& h, double i) {
            return guarded([&] { return static_cast<int>(h.data->label(index_from(i, "label"))); });
          }))
      .function("count", optional_override([](const DatasetHandle& h) {
                  return guarded([&] { return static_cast<double>(h.data->count()); });
                }));
  emscripten::function("createDataset", &create_dataset);
}

TrainerHandle create_trainer(ModelHandle& model, DatasetHandle& data, DatasetHandle* validation,
                             const std::string& options) {
  return guarded([&] {
    TrainerHandle h{model.model, data.data, validation != nullptr ? validation->data : nullptr, {}};
    h.trainer = std::make_shared<training::Trainer>(
        h.model->sequential, h.model->parameters, h.model->optimizer(), *h.data, h.validation.get(),
        training::fit_options_from_json(options), h.model->loss);
    return h;
  });
}

val report(const training::FitReport& r) {
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
  emscripten::class_<TrainerHandle>("Trainer")
      .function("phase", optional_override([](const TrainerHandle& h) {
                  return guarded([&] { return phase_word(h.trainer->phase()); });
                }))
      .function("begin", optional_override([](TrainerHandle& h, int workers) {
                  return guarded([&] { return h.trainer->begin(workers); });
                }))
      .function("runUnit", optional_override([](TrainerHandle& h, int unit) {
                  guarded([&] { h.trainer->run_unit(unit); });
                }))
      .function("exportUnit", optional_override([](const TrainerHandle& h, int unit) {
                  return guarded([&] {
                    return to_array(std::span<const std::uint8_t>(h.trainer->export_unit(unit)));
                  });
                }))
      .function("accept", optional_override([](TrainerHandle& h, const val& result) {
                  guarded([&] { h.trainer->accept(bytes_from(result)); });
                }))
      .function("finish", optional_override([](TrainerHandle& h) {
                  return guarded([&] { return report(h.trainer->finish()); });
                }))
      .function("trainRange", optional_override([](const TrainerHandle& h) {
                  return guarded([&] { return range(h.trainer->training_range()); });
                }))
      .function("validationRange", optional_override([](const TrainerHandle& h) {
                  return guarded([&] { return range(h.trainer->validation_range()); });
                }))
      .function("checkpoint", optional_override([](const TrainerHandle& h) {
                  return guarded([&] {
                    const auto weights = h.trainer->checkpoint();
                    return weights.empty() ? val::null() : to_array(weights);
                  });
                }))
      .function("history", optional_override([](const TrainerHandle& h) {
                  return guarded([&] { return h.trainer->history().json(); });
                }))
      .function("stop",
                optional_override([](TrainerHandle& h) { guarded([&] { h.trainer->stop(); }); }))
      .function("state", optional_override([](const TrainerHandle& h) {
                  return guarded(
                      [&] { return to_array(std::span<const std::uint8_t>(h.trainer->state())); });
                }))
      .function("restore", optional_override([](TrainerHandle& h, const val& state) {
                  guarded([&] { h.trainer->restore(bytes_from(state)); });
                }));
  emscripten::function("createTrainer", &create_trainer, emscripten::allow_raw_pointers());
}

EvaluatorHandle create_evaluator(ModelHandle& model, DatasetHandle& data) {
  return guarded([&] {
    EvaluatorHandle h{model.model, data.data, {}, {}, std::make_shared<std::vector<float>>()};
    h.evaluator =
        std::make_shared<training::Evaluator>(h.model->sequential, *h.data, 0, h.data->count());
    h.replica = std::make_shared<training::Replica>(h.model->sequential, h.model->loss);
    return h;
  });
}

val evaluation(const training::EvaluationReport& r) {
  val out = val::object();
  out.set("loss", r.loss);
  out.set("accuracy", r.accuracy);
  out.set("confusion", to_array(std::span<const std::uint32_t>(r.confusion)));
  out.set("predicted", to_array(std::span<const std::uint8_t>(r.predicted)));
  out.set("confidence", to_array(std::span<const float>(r.confidence)));
  return out;
}

void bind_evaluator() {
  emscripten::class_<EvaluatorHandle>("Evaluator")
      .function("begin", optional_override([](EvaluatorHandle& h) {
                  return guarded([&] {
                    // A copy: the model may train on while this evaluation runs.
                    *h.parameters = h.model->parameters;
                    return h.evaluator->begin(*h.parameters);
                  });
                }))
      .function("runUnit", optional_override([](EvaluatorHandle& h, int unit) {
                  guarded([&] { h.evaluator->run_unit(unit, *h.replica); });
                }))
      .function("exportUnit", optional_override([](const EvaluatorHandle& h, int unit) {
                  return guarded([&] {
                    return to_array(std::span<const std::uint8_t>(h.evaluator->export_unit(unit)));
                  });
                }))
      .function("accept", optional_override([](EvaluatorHandle& h, const val& result) {
                  guarded([&] { h.evaluator->accept(bytes_from(result)); });
                }))
      .function("finish", optional_override([](const EvaluatorHandle& h) {
                  return guarded([&] { return evaluation(h.evaluator->finish()); });
                }));
  emscripten::function("createEvaluator", &create_evaluator);
}

ReplicaHandle create_replica(const std::string& config) {
  return guarded([&] {
    return ReplicaHandle{std::make_shared<training::Replica>(training::replica_from(config))};
  });
}

}  // namespace

void bind_training() {
  bind_dataset();
  bind_trainer();
  bind_evaluator();
  emscripten::class_<ReplicaHandle>("Replica").function(
      "run", optional_override([](ReplicaHandle& h, const val& task) {
        return guarded([&] {
          return to_array(std::span<const std::uint8_t>(h.replica->run(bytes_from(task))));
        });
      }));
  emscripten::function("createReplica", &create_replica);
}

}  // namespace ziffer::bindings
